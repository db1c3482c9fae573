package io.socle.realtime.gateway.pressure;

/**
 * Whether a partition counts as lagging. It begins at the threshold and ends when the wait was below half of it for a
 * while, so that it does not flutter, and changes at most once in that while.
 */
final class LagSignal {
    /** How long the wait has to be short before the lag is over. */
    static final long CALM_NANOS = 1_000_000_000L;

    private final long onNanos;
    private boolean on;
    private long lastHigh;

    LagSignal(long onNanos, long now) {
        this.onNanos = onNanos;
        this.lastHigh = now - CALM_NANOS;
    }

    boolean isOn() {
        return on;
    }

    /** Takes the present wait; returns whether the state changed. */
    boolean observe(long waitNanos, long now) {
        boolean before = on;
        if (waitNanos >= (on ? onNanos / 2 : onNanos)) {
            on = true;
            lastHigh = now;
        } else if (now - lastHigh >= CALM_NANOS) {
            on = false;
        }
        return on != before;
    }
}
