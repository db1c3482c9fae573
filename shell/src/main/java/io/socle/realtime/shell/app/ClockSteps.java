package io.socle.realtime.shell.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/** By how much a wall clock was set, as told by a monotonic clock. */
final class ClockSteps {
    private final LongSupplier wallMillis;
    private final LongSupplier nanoClock;
    private long lastWallMillis;
    private long lastNanos;

    ClockSteps(LongSupplier wallMillis, LongSupplier nanoClock) {
        this.wallMillis = wallMillis;
        this.nanoClock = nanoClock;
        this.lastWallMillis = wallMillis.getAsLong();
        this.lastNanos = nanoClock.getAsLong();
    }

    /** Since the last call; negative where it was set back. */
    Duration next() {
        long wall = wallMillis.getAsLong();
        long nanos = nanoClock.getAsLong();
        Duration step = Duration.ofMillis(wall - lastWallMillis).minusNanos(nanos - lastNanos);
        lastWallMillis = wall;
        lastNanos = nanos;
        return step;
    }
}
