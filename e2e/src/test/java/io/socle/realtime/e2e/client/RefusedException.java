package io.socle.realtime.e2e.client;

/** The server refused what a subscriber asked for. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    RefusedException(String code) {
        super(code);
        this.code = code;
    }

    /** The failure's code. */
    public String code() {
        return code;
    }
}
