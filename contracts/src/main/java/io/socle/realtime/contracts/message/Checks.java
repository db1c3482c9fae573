package io.socle.realtime.contracts.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Length and character rules of the message's attributes; each method throws {@link InvalidValueException}. */
public final class Checks {
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private Checks() {}

    /** 1 to {@link Limits#IDENTIFIER_CHARACTERS} characters, none of them a control character. */
    public static void identifier(String value, String field) {
        if (value.isEmpty()) {
            throw new InvalidValueException(field, "must not be empty");
        }
        text(value, field, Limits.IDENTIFIER_CHARACTERS);
    }

    static void optionalIdentifier(@Nullable String value, String field) {
        if (value != null) {
            identifier(value, field);
        }
    }

    static void optionalAttribute(@Nullable String value, String field) {
        if (value != null) {
            if (value.isEmpty()) {
                throw new InvalidValueException(field, "must not be empty");
            }
            text(value, field, Limits.ATTRIBUTE_CHARACTERS);
        }
    }

    /** Years 0 to 9999 in UTC: RFC 3339 has no others. */
    public static void time(Instant time, String field) {
        if (time.isBefore(YEAR_0) || !time.isBefore(YEAR_10000)) {
            throw new InvalidValueException(field, "is not within the years 0 to 9999");
        }
    }

    static void optionalTime(@Nullable Instant time, String field) {
        if (time != null) {
            time(time, field);
        }
    }

    /** Refuses what could break a header, an event stream or a log line. */
    static void text(String value, String field, int longest) {
        if (value.length() > longest) {
            throw new InvalidValueException(field, "is longer than " + longest + " characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw new InvalidValueException(field, "contains a control character");
            }
            if (Character.isSurrogate(c)) {
                i = pairedEnd(value, i, field);
            }
        }
    }

    private static int pairedEnd(String value, int index, String field) {
        if (index + 1 < value.length() && Character.isSurrogatePair(value.charAt(index), value.charAt(index + 1))) {
            return index + 1;
        }
        throw new InvalidValueException(field, "contains an unpaired surrogate");
    }
}
