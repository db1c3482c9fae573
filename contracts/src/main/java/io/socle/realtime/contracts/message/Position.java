package io.socle.realtime.contracts.message;

import org.jspecify.annotations.Nullable;

/**
 * A place in one channel's total order.
 *
 * @param epoch which life of the channel: a hash of the cluster id and the log offset of the channel's creation
 * @param offset 1 for the first message of the epoch, then contiguous; 0 is the place before the first
 */
public record Position(long epoch, long offset) {
    public Position {
        if (offset < 0) {
            throw new InvalidValueException("position", "has a negative offset");
        }
    }

    /** The text form, {@code <epoch in hexadecimal>:<offset in decimal>}. */
    @Override
    public String toString() {
        return Long.toHexString(epoch) + ':' + offset;
    }

    /** Reads the text form; throws {@link InvalidValueException} where it is not one. */
    public static Position parse(String text) {
        Position position = parseOrNull(text);
        if (position == null) {
            throw new InvalidValueException("position", "is not of the form <hexadecimal>:<decimal>");
        }
        return position;
    }

    private static @Nullable Position parseOrNull(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 16 || text.length() - colon > 20 || !hasDigitsOnly(text, colon)) {
            return null;
        }
        try {
            long epoch = Long.parseUnsignedLong(text.substring(0, colon), 16);
            long offset = Long.parseLong(text.substring(colon + 1));
            return new Position(epoch, offset);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The number parsers alone would let signs and digits of other scripts through. */
    private static boolean hasDigitsOnly(String text, int colon) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != colon && (c >= 0x80 || Character.digit(c, i < colon ? 16 : 10) < 0)) {
                return false;
            }
        }
        return true;
    }

    public Position plus(long count) {
        return new Position(epoch, offset + count);
    }
}
