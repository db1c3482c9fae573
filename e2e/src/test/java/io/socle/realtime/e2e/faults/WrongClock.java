package io.socle.realtime.e2e.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One more process of a service takes part whose wall clock is wrong from its start on; then it is set right, which is a
 * jump, while it runs. Its monotonic clock is right all the time.
 */
record WrongClock(String label, String service, String by) implements Fault {
    private static final String RIGHT = "+0";
    private static final Duration WRONG = Duration.ofSeconds(12);
    private static final Duration RIGHT_AGAIN = Duration.ofSeconds(6);

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public Optional<String> missing() {
        return FakeTime.library().isPresent() ? Optional.empty() : Optional.of("libfaketime");
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        Path clock = arena.suite().data().resolve("clock-of-" + service);
        FakeTime.set(clock, by);
        try (var process = ExtraProcess.start(arena, service, FakeTime.environment(clock))) {
            process.awaitReady();
            if (service.equals(Faults.GATEWAY)) {
                arena.doors().alsoAt(process.port());
            }
            Arena.last(WRONG);
            FakeTime.set(clock, RIGHT);
            Arena.last(RIGHT_AGAIN);
            arena.doors().notAt(process.port());
        }
    }
}
