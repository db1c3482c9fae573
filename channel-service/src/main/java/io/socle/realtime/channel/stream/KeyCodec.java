package io.socle.realtime.channel.stream;

/**
 * A key of the core to the bytes of a store's key and back. Bytes sort as unsigned numbers, so numbers are big endian
 * and not negative, and what comes before another part has its length in front.
 */
interface KeyCodec<K> {
    byte[] encode(K key);

    K decode(byte[] bytes);
}
