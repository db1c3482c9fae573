package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The kinds of keys; the first byte says the table, for one store holds several. */
final class StoreKeys {
    private static final int LENGTH_BYTES = 2;

    private StoreKeys() {}

    static byte[] cell(int table) {
        return new byte[] {(byte) table};
    }

    /** Some text. */
    static KeyCodec<String> text(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(String key) {
                byte[] text = utf8(key);
                return start(table, text.length).put(text).array();
            }

            @Override
            public String decode(byte[] bytes) {
                return string(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
            }
        };
    }

    static KeyCodec<Long> number(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Long key) {
                return start(table, Long.BYTES).putLong(key).array();
            }

            @Override
            public Long decode(byte[] bytes) {
                return ByteBuffer.wrap(bytes).getLong(1);
            }
        };
    }

    static KeyCodec<Integer> slot(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Integer key) {
                return start(table, Integer.BYTES).putInt(key).array();
            }

            @Override
            public Integer decode(byte[] bytes) {
                return ByteBuffer.wrap(bytes).getInt(1);
            }
        };
    }

    static KeyCodec<Keys.Place> place(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Keys.Place key) {
                byte[] channel = utf8(key.channel());
                return prefixed(table, channel, Long.BYTES)
                        .putLong(key.offset())
                        .array();
            }

            @Override
            public Keys.Place decode(byte[] bytes) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
                return new Keys.Place(prefix(buffer), buffer.getLong());
            }
        };
    }

    /** A channel and an identifier of its. */
    static <K> KeyCodec<K> pair(
            int table, Function<K, String> channel, Function<K, String> identifier, Pairing<K> pairing) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(K key) {
                byte[] text = utf8(identifier.apply(key));
                return prefixed(table, utf8(channel.apply(key)), text.length)
                        .put(text)
                        .array();
            }

            @Override
            public K decode(byte[] bytes) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
                return pairing.of(prefix(buffer), string(buffer));
            }
        };
    }

    /** Makes a key of its two parts. */
    interface Pairing<K> {
        K of(String channel, String identifier);
    }

    /** A number and a text, in the order of the number. */
    static <K> KeyCodec<K> numbered(
            int table, ToLongFunction<K> number, Function<K, String> text, Numbering<K> numbering) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(K key) {
                byte[] rest = utf8(text.apply(key));
                return start(table, Long.BYTES + rest.length)
                        .putLong(number.applyAsLong(key))
                        .put(rest)
                        .array();
            }

            @Override
            public K decode(byte[] bytes) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
                return numbering.of(buffer.getLong(), string(buffer));
            }
        };
    }

    /** Makes a key of a number and a text. */
    interface Numbering<K> {
        K of(long number, String text);
    }

    /** A channel, a subject and a name. */
    static KeyCodec<Keys.Durable> durable(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Keys.Durable key) {
                byte[] parts = parts(key);
                return start(table, parts.length).put(parts).array();
            }

            @Override
            public Keys.Durable decode(byte[] bytes) {
                return parts(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
            }
        };
    }

    /** A time and what is to be looked at then. */
    static KeyCodec<Keys.Expiry> expiry(int table) {
        return new KeyCodec<>() {
            @Override
            public byte[] encode(Keys.Expiry key) {
                byte[] parts = parts(key.of());
                return start(table, Long.BYTES + parts.length)
                        .putLong(key.time())
                        .put(parts)
                        .array();
            }

            @Override
            public Keys.Expiry decode(byte[] bytes) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
                return new Keys.Expiry(buffer.getLong(), parts(buffer));
            }
        };
    }

    private static byte[] parts(Keys.Durable key) {
        byte[] channel = utf8(key.channel());
        byte[] subject = utf8(key.subject());
        byte[] name = utf8(key.name());
        return ByteBuffer.allocate(2 * LENGTH_BYTES + channel.length + subject.length + name.length)
                .putShort((short) channel.length)
                .put(channel)
                .putShort((short) subject.length)
                .put(subject)
                .put(name)
                .array();
    }

    private static Keys.Durable parts(ByteBuffer buffer) {
        return new Keys.Durable(prefix(buffer), prefix(buffer), string(buffer));
    }

    private static ByteBuffer start(int table, int length) {
        return ByteBuffer.allocate(1 + length).put((byte) table);
    }

    private static ByteBuffer prefixed(int table, byte[] prefix, int length) {
        return start(table, LENGTH_BYTES + prefix.length + length)
                .putShort((short) prefix.length)
                .put(prefix);
    }

    private static String prefix(ByteBuffer buffer) {
        byte[] text = new byte[buffer.getShort() & 0xffff];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String string(ByteBuffer buffer) {
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
