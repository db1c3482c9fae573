package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;

/** A value of the core to the bytes of a store's value and back. */
interface Codec<V> {
    byte[] encode(V value);

    V decode(byte[] bytes) throws InvalidProtocolBufferException;
}
