package io.socle.realtime.e2e.faults;

import java.util.List;

/** Every process of some services is ended in good order and replaced by a new one, one after the other. */
record Restart(String label, List<String> services, Limits limits) implements Fault {
    Restart {
        services = List.copyOf(services);
    }

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) {
        arena.suite().change("restart", services.toArray(String[]::new));
    }
}
