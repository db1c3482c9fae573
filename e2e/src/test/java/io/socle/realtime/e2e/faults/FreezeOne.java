package io.socle.realtime.e2e.faults;

import java.time.Duration;

/** SIGSTOP to one of several instances of a service, and SIGCONT long after the others have given it up. */
record FreezeOne(String label, String service, Duration time, Limits limits) implements Fault {
    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        arena.processes().stop(arena.anyOf(service));
        Arena.last(time);
        arena.processes().resumeAll();
    }
}
