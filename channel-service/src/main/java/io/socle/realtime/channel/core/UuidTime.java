package io.socle.realtime.channel.core;

/** The time inside a message id that is a UUID of version 7 (RFC 9562 section 5.7). */
final class UuidTime {
    private static final int LENGTH = 36;
    private static final int VERSION_AT = 14;

    private UuidTime() {}

    /** Milliseconds of the Unix epoch, or -1 where the id is no UUIDv7 in the usual text form. */
    static long of(String id) {
        if (id.length() != LENGTH || id.charAt(VERSION_AT) != '7') {
            return -1;
        }
        long time = 0;
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            int digit = dash ? 0 : hex(id.charAt(i));
            if (digit < 0 || (dash && id.charAt(i) != '-')) {
                return -1;
            }
            if (!dash && i < 13) {
                time = time << 4 | digit;
            }
        }
        return time;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
