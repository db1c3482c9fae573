package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.Checks;
import io.socle.realtime.contracts.message.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Rules of the texts that stand in frames; each returns the text or throws InvalidValueException. */
final class Rules {
    private Rules() {}

    static String identifier(String field, String text) {
        Checks.identifier(text, field);
        return text;
    }

    /** A cursor is visible ASCII, so that it can stand in a query, a header or an event stream's id. */
    static String cursor(String field, String text) {
        return visible(field, text, ClientFrame.MAX_CURSOR);
    }

    /** A token is visible ASCII; its size is bounded by the frame's. */
    static String token(String field, String text) {
        return visible(field, text, Integer.MAX_VALUE);
    }

    static String visible(String field, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw new InvalidValueException(field, "must have 1 to " + longest + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw new InvalidValueException(field, "has a character that is not visible ASCII");
            }
        }
        return text;
    }

    /** UTF-8 of a text that JSON escapes may have given an unpaired surrogate, which has no UTF-8. */
    static byte[] encodable(String field, String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new InvalidValueException(field, "contains an unpaired surrogate");
        }
    }

    /** RFC 4648 section 4, padding required; throws ProblemException INVALID_DATA. */
    static byte[] base64(String field, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (text.length() % 4 != 0) {
                throw new ProblemException(FailureCode.INVALID_DATA, field + " lacks its padding");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(FailureCode.INVALID_DATA, field + " is not base64");
        }
    }

    static <E extends Enum<E>> E word(String field, Class<E> type, String text) {
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new InvalidValueException(field, "is not one of its words");
    }
}
