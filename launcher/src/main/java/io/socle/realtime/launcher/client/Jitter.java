package io.socle.realtime.launcher.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Full jitter: a random wait up to a doubling bound, so that clients that were cut off together return apart. */
final class Jitter {
    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 30_000;

    private final RandomGenerator random;
    private int attempt;

    Jitter(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt, 20));
        attempt++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** After a success the next wait is short again. */
    void reset() {
        attempt = 0;
    }
}
