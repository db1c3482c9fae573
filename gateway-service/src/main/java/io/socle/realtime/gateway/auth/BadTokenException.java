package io.socle.realtime.gateway.auth;

/** A token cannot be accepted; the message says why and holds nothing of the token. */
public final class BadTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public BadTokenException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
