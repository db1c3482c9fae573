package io.socle.realtime.launcher.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to stop, counted from its making; never, where there is no limit. */
final class Deadline {
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final long begun = System.nanoTime();
    private final Duration limit;

    Deadline(@Nullable Duration limit) {
        this.limit = limit == null ? FOREVER : limit;
    }

    boolean isOver() {
        return left().isZero();
    }

    /** The shorter of the wait and the time that is left. */
    Duration atMost(Duration wait) {
        Duration left = left();
        return wait.compareTo(left) < 0 ? wait : left;
    }

    private Duration left() {
        Duration left = limit.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
