package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.Checks;
import io.socle.realtime.contracts.message.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as the protocols write them: RFC 3339 with up to nanoseconds. A leap second (:60) is refused. */
public final class Rfc3339 {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    private Rfc3339() {}

    /** Throws InvalidValueException where the text is not of the form. */
    public static Instant parse(String text) {
        // The length is looked at first: the text may be as long as a frame.
        if (text.length() <= 40 && FORM.matcher(text).matches()) {
            try {
                Instant time =
                        OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
                Checks.time(time, "time");
                return time;
            } catch (DateTimeException e) {
                throw new InvalidValueException("time", "has a part out of range");
            }
        }
        throw new InvalidValueException("time", "is not of the form 2026-01-31T23:59:59.123456789Z");
    }

    /** The shortest form in UTC with no, 3, 6 or 9 digits of fraction; for years 0 to 9999. */
    public static String format(Instant time) {
        return time.toString();
    }
}
