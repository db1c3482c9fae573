package io.socle.realtime.contracts.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection and says whether and when to come back.
 *
 * @param code which failure
 * @param reason what exactly, for people
 * @param reconnectAfter how long to wait before coming back; null means that coming back unchanged is useless
 */
public record Disconnect(
        FailureCode code, String reason, @Nullable Duration reconnectAfter) {
    /** How long a client waits by default before it comes back. */
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);

    public static Disconnect of(FailureCode code) {
        return of(code, code.meaning());
    }

    public static Disconnect of(FailureCode code, String reason) {
        return new Disconnect(code, reason, code.retryable() ? DEFAULT_DELAY : null);
    }
}
