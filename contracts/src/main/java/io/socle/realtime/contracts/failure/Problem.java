package io.socle.realtime.contracts.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers one command that was not carried out.
 *
 * @param code which failure
 * @param detail what exactly, for people; never secret and never another subject's data
 * @param retryAfter when the same command is worth another try; null where nothing is known. It is the gateway's own
 *     advice and does not travel in the log
 */
public record Problem(
        FailureCode code, String detail, @Nullable Duration retryAfter) {
    public Problem(FailureCode code, String detail) {
        this(code, detail, null);
    }

    public static Problem of(FailureCode code) {
        return new Problem(code, code.meaning());
    }

    /** A refusal that says when to come back. */
    public static Problem later(FailureCode code, Duration retryAfter) {
        return new Problem(code, code.meaning(), retryAfter);
    }

    public boolean retryable() {
        return code.retryable();
    }
}
