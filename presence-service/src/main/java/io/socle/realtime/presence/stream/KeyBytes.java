package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A key of a store, part by part, behind the number of its table. Bytes sort as unsigned numbers: so numbers are big endian and
 * not negative, and a text ends with U+0000, which no name contains.
 */
final class KeyBytes {
    private static final int LONGEST = 8 * 1024;

    private final ByteBuffer buffer;

    private KeyBytes(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    static KeyBytes of(int table) {
        return new KeyBytes(ByteBuffer.allocate(LONGEST).put((byte) table));
    }

    static KeyBytes read(byte[] key) {
        return new KeyBytes(ByteBuffer.wrap(key).position(1));
    }

    KeyBytes text(String text) {
        buffer.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
        return this;
    }

    KeyBytes number(long number) {
        buffer.putLong(number);
        return this;
    }

    KeyBytes member(MemberKey key) {
        return text(key.channel().value()).text(key.subject()).text(key.entry());
    }

    byte[] bytes() {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    String text() {
        int begin = buffer.position();
        int end = begin;
        while (buffer.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - begin];
        buffer.get(bytes).get();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    long number() {
        return buffer.getLong();
    }

    MemberKey member() {
        ChannelName channel = new ChannelName(text());
        String subject = text();
        return new MemberKey(channel, subject, text());
    }
}
