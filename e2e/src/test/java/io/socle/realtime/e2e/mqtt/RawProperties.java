package io.socle.realtime.e2e.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The properties of a packet of the server, as they stand (MQTT 5 section 2.2.2). */
record RawProperties(List<One> all, int end) {
    static final int RESPONSE_INFORMATION = 0x1a;
    static final int REASON_STRING = 0x1f;
    static final int SESSION_EXPIRY = 0x11;
    static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
    static final int SERVER_KEEP_ALIVE = 0x13;
    static final int USER_PROPERTY = 0x26;

    /** A property's number and value: a number, a text, or {@code name=value}. */
    record One(int id, String value) {}

    /**
     * Reads them.
     *
     * @param at where their length stands; {@code end} is then where what follows begins
     */
    static RawProperties read(byte[] body, int at) {
        var reader = new Reader(body, at);
        int length = reader.variable();
        int end = reader.at + length;
        List<One> all = new ArrayList<>();
        while (reader.at < end) {
            int id = reader.variable();
            all.add(new One(id, reader.value(id)));
        }
        if (reader.at != end) {
            throw new AssertionError("the properties are longer than their length says");
        }
        return new RawProperties(all, end);
    }

    boolean has(int id) {
        return all.stream().anyMatch(one -> one.id() == id);
    }

    /** The values of a property in the order in which they stand. */
    List<String> values(int id) {
        return all.stream().filter(one -> one.id() == id).map(One::value).toList();
    }

    private static final class Reader {
        private final byte[] body;
        private int at;

        Reader(byte[] body, int at) {
            this.body = body;
            this.at = at;
        }

        int oneByte() {
            return body[at++] & 0xff;
        }

        int variable() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                int part = oneByte();
                value |= (part & 0x7f) << shift;
                if (part < 0x80) {
                    return value;
                }
            }
        }

        long number(int bytes) {
            long value = 0;
            for (int n = 0; n < bytes; n++) {
                value = value << 8 | oneByte();
            }
            return value;
        }

        String text() {
            int length = (int) number(2);
            at += length;
            return new String(body, at - length, length, StandardCharsets.UTF_8);
        }

        String value(int id) {
            return switch (id) {
                case 0x01, 0x24, 0x25, 0x28, 0x29, 0x2a -> Long.toString(number(1));
                case 0x13, 0x21, 0x22, 0x23 -> Long.toString(number(2));
                case 0x02, 0x11, 0x27 -> Long.toString(number(4));
                case 0x0b -> Integer.toString(variable());
                case 0x03, 0x08, 0x09, 0x12, 0x1a, 0x1c, 0x1f -> text();
                case USER_PROPERTY -> text() + "=" + text();
                default -> throw new AssertionError("not a property of a server: 0x" + Integer.toHexString(id));
            };
        }
    }
}
