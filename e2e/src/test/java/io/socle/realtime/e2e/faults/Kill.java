package io.socle.realtime.e2e.faults;

import java.time.Duration;
import java.util.List;

/** SIGKILL to processes at one moment; often once more while they come back. */
record Kill(String label, List<String> services) implements Fault {
    Kill {
        services = List.copyOf(services);
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        var killed = services.stream().map(arena.processes()::pid).toList();
        services.forEach(arena.processes()::kill);
        if (arena.random().nextInt(4) == 0) {
            arena.lastBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
            arena.processes().kill(services.get(arena.random().nextInt(services.size())));
        }
        for (int i = 0; i < services.size(); i++) {
            arena.processes().awaitReady(services.get(i), killed.get(i));
        }
    }
}
