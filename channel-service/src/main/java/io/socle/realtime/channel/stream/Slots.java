package io.socle.realtime.channel.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A delivery's key inside the topology is its slot: it chooses the partition and is not written. */
final class Slots {
    /** Writes no key. */
    static final Serializer<byte[]> NO_KEY = (topic, key) -> null;

    /** Sends a record to the partition of its slot; a slot that the topic does not have gets nothing. */
    static final StreamPartitioner<byte[], byte[]> PARTITIONER = (topic, key, value, partitions) -> {
        int slot = ByteBuffer.wrap(key).getInt();
        return Optional.of(slot < partitions ? Set.of(slot) : Set.of());
    };

    private Slots() {}

    static byte[] key(int slot) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
    }
}
