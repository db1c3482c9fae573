package io.socle.realtime.gateway.session;

import java.time.Duration;
import java.time.Instant;

/** When a connection began, was heard of, and was last shown a sign of life. */
final class SignsOfLife {
    /** Between two ticks, where heartbeats are shorter; a busy event loop takes less. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

    private final SessionLimits limits;
    private Instant began;
    private Instant heard;
    private Instant beat;
    private Instant ticked;

    SignsOfLife(SessionLimits limits, Instant now) {
        this.limits = limits;
        this.began = now;
        this.heard = now;
        this.beat = now;
        this.ticked = now;
    }

    void heard(Instant now) {
        heard = now;
    }

    void tick(Instant now) {
        if (hasJumped(now)) {
            // Nobody was silent in a time that did not pass, or that this process has slept through.
            began = now;
            heard = now;
            beat = now;
        }
        ticked = now;
    }

    /** Whether the clock was set, or the process stood still. */
    private boolean hasJumped(Instant now) {
        Duration most = limits.heartbeat().compareTo(LONGEST_STEP) > 0 ? limits.heartbeat() : LONGEST_STEP;
        return now.isBefore(ticked) || now.isAfter(ticked.plus(most));
    }

    boolean isConnectLate(Instant now) {
        return !now.isBefore(began.plus(limits.connectTimeout()));
    }

    boolean isSilent(Instant now) {
        return !now.isBefore(heard.plus(limits.heartbeat().multipliedBy(2)));
    }

    /** Whether a sign of life is due now; it counts as given. */
    boolean takeBeat(Instant now) {
        if (now.isBefore(beat.plus(limits.heartbeat()))) {
            return false;
        }
        beat = now;
        return true;
    }
}
