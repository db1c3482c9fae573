package io.socle.realtime.contracts.message;

/** A value breaks a rule of the protocol; {@link #field} says which value, the message says which rule. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidValueException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
    }

    /** The name of the offending value as the protocol spells it. */
    public String field() {
        return field;
    }
}
