package io.socle.realtime.contracts.message;

/** A value breaks a rule of the protocol; {@link #field} says which value, the message says which rule. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String detail;

    public InvalidValueException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.detail = field + " " + rule;
    }

    @Override
    public String getMessage() {
        return detail;
    }

    /** The name of the offending value as the protocol spells it. */
    public String field() {
        return field;
    }
}
