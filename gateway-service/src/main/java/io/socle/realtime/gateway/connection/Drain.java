package io.socle.realtime.gateway.connection;

import java.time.Duration;

/**
 * How many connections to tell in each wave of a drain, so that clients come back elsewhere at a bounded rate.
 *
 * @param perSecond connections told in a second, while the limit allows
 * @param limit after which all are told
 */
public record Drain(int perSecond, Duration limit) {
    /** Time between waves. */
    static final Duration WAVE = Duration.ofMillis(100);

    /** The size of the next wave; at least 1 while any remain. */
    int next(int remaining, Duration elapsed) {
        long left = limit.minus(elapsed).dividedBy(WAVE);
        long steady = Math.ceilDiv(perSecond * WAVE.toMillis(), 1_000);
        long needed = left <= 0 ? remaining : Math.ceilDiv(remaining, left);
        return (int) Math.min(remaining, Math.max(steady, needed));
    }
}
