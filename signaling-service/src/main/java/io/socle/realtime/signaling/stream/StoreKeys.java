package io.socle.realtime.signaling.stream;

import io.socle.realtime.contracts.message.ChannelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where what is kept lies in the store. A room's name has no zero byte, so that one's keys never lie among another's. */
final class StoreKeys {
    static final byte ROOM = 'r';
    static final byte KEPT = 'k';
    static final byte TIMER = 't';
    private static final byte SLOT = 's';
    private static final byte SUMMARY = 'a';
    private static final int LARGEST = 0xff;

    private StoreKeys() {}

    static byte[] summary() {
        return new byte[] {SUMMARY};
    }

    static byte[] slot(int slot) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(SLOT).putInt(slot).array();
    }

    static byte[] room(ChannelName name) {
        byte[] text = utf8(name);
        return ByteBuffer.allocate(1 + text.length).put(ROOM).put(text).array();
    }

    static ChannelName nameOfRoom(byte[] key) {
        return new ChannelName(new String(key, 1, key.length - 1, StandardCharsets.UTF_8));
    }

    static byte[] kept(ChannelName room, long peer, long sequence) {
        byte[] text = utf8(room);
        return ByteBuffer.allocate(2 + text.length + 2 * Long.BYTES)
                .put(KEPT)
                .put(text)
                .put((byte) 0)
                .putLong(peer)
                .putLong(sequence)
                .array();
    }

    static long sequenceOfKept(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    static byte[] timer(long time, ChannelName room) {
        byte[] text = utf8(room);
        return ByteBuffer.allocate(1 + Long.BYTES + text.length)
                .put(TIMER)
                .putLong(time)
                .put(text)
                .array();
    }

    static long timeOfTimer(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    static ChannelName nameOfTimer(byte[] key) {
        int before = 1 + Long.BYTES;
        return new ChannelName(new String(key, before, key.length - before, StandardCharsets.UTF_8));
    }

    /** Before all keys of a kind. */
    static byte[] first(byte kind) {
        return new byte[] {kind};
    }

    /** Behind all keys of a kind: nothing else begins with the next letter. */
    static byte[] last(byte kind) {
        return new byte[] {kind, (byte) LARGEST};
    }

    /** Behind all timers up to a time. */
    static byte[] lastTimer(long time) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(TIMER).putLong(time + 1).array();
    }

    private static byte[] utf8(ChannelName name) {
        return name.value().getBytes(StandardCharsets.UTF_8);
    }
}
