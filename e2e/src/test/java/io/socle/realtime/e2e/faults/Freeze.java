package io.socle.realtime.e2e.faults;

import java.time.Duration;

/** SIGSTOP, and SIGCONT when the others may have given it up: what runs on then is a zombie. */
record Freeze(String label, String service, Duration time) implements Fault {
    @Override
    public void strike(Arena arena) throws InterruptedException {
        arena.processes().stop(service);
        Arena.last(time);
        arena.processes().resumeAll();
    }
}
