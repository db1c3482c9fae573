package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Checks;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import org.jspecify.annotations.Nullable;

/** Values in paths and query parameters; each method throws ProblemException where the text is none. */
final class Queries {
    private Queries() {}

    /** A position or a time. */
    static Since since(String text) {
        if (text.indexOf('T') < 0 && text.indexOf('t') < 0) {
            return new Since.AtPosition(position(text));
        }
        try {
            return new Since.AtTime(Rfc3339.parse(text));
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "since is neither a position nor an RFC 3339 time");
        }
    }

    /** A name, an entry, a subject, a tag: see {@link Checks#identifier}. */
    static String identifier(String name, String text) {
        try {
            Checks.identifier(text, name);
            return text;
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, e.getMessage());
        }
    }

    static Position position(String text) {
        try {
            return Position.parse(text);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_CURSOR, e.getMessage());
        }
    }

    /** From 1 to {@code most}; {@code absent} where there is none. */
    static long number(String name, @Nullable String text, long absent, long most) {
        if (text == null) {
            return absent;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        throw new ProblemException(FailureCode.INVALID_VALUE, name + " must be a whole number from 1 to " + most);
    }
}
