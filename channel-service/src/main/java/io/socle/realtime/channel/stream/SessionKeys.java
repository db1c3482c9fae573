package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Keys;
import io.socle.realtime.contracts.command.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The kinds of keys of {@link io.socle.realtime.channel.core.SessionTables}; the first byte says the table. */
final class SessionKeys {
    private static final int LENGTH_BYTES = 2;

    private SessionKeys() {}

    /** Makes a key of what stands before the session, the session, and what stands behind it. */
    private interface Joining<K> {
        K of(ByteBuffer front, SessionKey session, String rest);
    }

    /**
     * A key with a session in it.
     *
     * @param frontBytes how long the numbers before the session are, which sort
     * @param rest what stands behind the session
     */
    private record Parts<K>(
            int table,
            int frontBytes,
            BiConsumer<K, ByteBuffer> front,
            Function<K, SessionKey> session,
            Function<K, String> rest,
            Joining<K> joining)
            implements KeyCodec<K> {
        @Override
        public byte[] encode(K key) {
            byte[] subject = utf8(session.apply(key).subject());
            byte[] client = utf8(session.apply(key).clientId());
            byte[] behind = utf8(rest.apply(key));
            int length = 1 + frontBytes + 2 * LENGTH_BYTES + subject.length + client.length + behind.length;
            ByteBuffer bytes = ByteBuffer.allocate(length).put((byte) table);
            front.accept(key, bytes);
            return bytes.putShort((short) subject.length)
                    .put(subject)
                    .putShort((short) client.length)
                    .put(client)
                    .put(behind)
                    .array();
        }

        @Override
        public K decode(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            ByteBuffer before = buffer.slice(1, frontBytes);
            buffer.position(1 + frontBytes);
            SessionKey key = new SessionKey(text(buffer, length(buffer)), text(buffer, length(buffer)));
            return joining.of(before, key, text(buffer, buffer.remaining()));
        }
    }

    static KeyCodec<SessionKey> session(int table) {
        return new Parts<>(table, 0, (key, bytes) -> {}, key -> key, key -> "", (front, session, rest) -> session);
    }

    static KeyCodec<Keys.SessionPart> part(int table) {
        return new Parts<>(
                table,
                0,
                (key, bytes) -> {},
                Keys.SessionPart::of,
                Keys.SessionPart::name,
                (front, session, rest) -> new Keys.SessionPart(session, rest));
    }

    static KeyCodec<Keys.SessionTimer> timer(int table) {
        return new Parts<>(
                table,
                Long.BYTES,
                (key, bytes) -> bytes.putLong(key.time()),
                Keys.SessionTimer::of,
                key -> "",
                (front, session, rest) -> new Keys.SessionTimer(front.getLong(), session));
    }

    static KeyCodec<Keys.SessionPlace> place(int table) {
        return new Parts<>(
                table,
                Integer.BYTES + Long.BYTES,
                (key, bytes) -> bytes.putInt(key.slot()).putLong(key.incarnation()),
                Keys.SessionPlace::of,
                key -> "",
                (front, session, rest) -> new Keys.SessionPlace(front.getInt(), front.getLong(), session));
    }

    static KeyCodec<Keys.Firing> firing(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Keys.Firing key) {
                return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                        .put((byte) table)
                        .putLong(key.time())
                        .putLong(key.generation())
                        .array();
            }

            @Override
            public Keys.Firing decode(byte[] bytes) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
                return new Keys.Firing(buffer.getLong(), buffer.getLong());
            }
        };
    }

    private static int length(ByteBuffer buffer) {
        return buffer.getShort() & 0xffff;
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
