package io.socle.realtime.contracts.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place among the members of a channel, which are in the order of subject and entry. */
public record MemberPlace(String subject, String entry) {
    private static final char BETWEEN = '\0';

    public MemberPlace {
        Checks.identifier(subject, "subject");
        Checks.identifier(entry, "entry");
    }

    /** Reads a cursor; throws InvalidValueException where it is none. */
    public static MemberPlace parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int between = text.indexOf(BETWEEN);
            if (between > 0) {
                return new MemberPlace(text.substring(0, between), text.substring(between + 1));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("after", "is no cursor of members");
        }
        throw new InvalidValueException("after", "is no cursor of members");
    }

    /** The cursor in frames. */
    public String cursor() {
        byte[] text = (subject + BETWEEN + entry).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
