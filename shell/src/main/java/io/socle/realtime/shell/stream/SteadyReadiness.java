package io.socle.realtime.shell.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Readiness that stays through short breaks: each instance that comes or goes makes its group share out the partitions
 * anew, mostly without anything for the others to do, and that is no reason to count any of them as not ready. Safe for use
 * by all threads.
 */
public final class SteadyReadiness {
    /** Longer than a group takes to share out its partitions; a restore that takes longer shows. */
    public static final Duration BREAK = Duration.ofSeconds(15);

    private final long breakNanos;
    private final LongSupplier nanoClock;
    private boolean ready;
    private boolean everReady;
    private long unreadySince;
    private boolean expected;
    private long expectedAt;

    public SteadyReadiness(Duration longestBreak, LongSupplier nanoClock) {
        this.breakNanos = longestBreak.toNanos();
        this.nanoClock = nanoClock;
    }

    /** It is ready from now on, or not any more. */
    public synchronized void become(boolean now) {
        if (ready && !now) {
            unreadySince = nanoClock.getAsLong();
        }
        ready = now;
        everReady |= now;
        expected = false;
    }

    /** It is not ready from now on where it was; what is expected stays so. */
    public synchronized void pause() {
        if (ready) {
            become(false);
        }
    }

    /**
     * It is ready after this time from the first such word, unless it is told otherwise until then; at once where it was
     * ready before.
     */
    public synchronized void becomeAfter(Duration time) {
        if (everReady) {
            become(true);
        } else if (!expected) {
            expected = true;
            expectedAt = nanoClock.getAsLong() + time.toNanos();
        }
    }

    /** It is not ready from now on, and that is no short break. */
    public synchronized void reset() {
        ready = false;
        everReady = false;
        expected = false;
    }

    public synchronized boolean isReady() {
        if (expected && nanoClock.getAsLong() - expectedAt >= 0) {
            become(true);
        }
        return ready || (everReady && nanoClock.getAsLong() - unreadySince < breakNanos);
    }
}
