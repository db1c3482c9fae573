package io.socle.realtime.contracts.log;

/** A record of the log cannot be read: corrupt, or of a kind that this version does not know. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
