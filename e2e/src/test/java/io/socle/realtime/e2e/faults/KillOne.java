package io.socle.realtime.e2e.faults;

/** SIGKILL to one of several instances of a service; the others are to do its work. */
record KillOne(String label, String service, Limits limits) implements Fault {
    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) {
        String chosen = arena.anyOf(service);
        long killed = arena.processes().pid(chosen);
        arena.processes().kill(chosen);
        arena.processes().awaitReady(chosen, killed);
    }
}
