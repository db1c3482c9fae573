package io.socle.realtime.contracts.failure;

/**
 * Answers one command that was not carried out.
 *
 * @param code which failure
 * @param detail what exactly, for people; never secret and never another subject's data
 */
public record Problem(FailureCode code, String detail) {
    public static Problem of(FailureCode code) {
        return new Problem(code, code.meaning());
    }

    public boolean retryable() {
        return code.retryable();
    }
}
