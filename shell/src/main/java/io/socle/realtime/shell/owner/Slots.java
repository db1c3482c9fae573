package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.message.TraceContext;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A delivery's key inside the topology is its slot: it chooses the partition and is not written. */
public final class Slots {
    /** Writes no key. */
    public static final Serializer<byte[]> NO_KEY = (topic, key) -> null;

    /** Sends a record to the partition of its slot; a slot that the topic does not have gets nothing. */
    public static final StreamPartitioner<byte[], byte[]> PARTITIONER = (topic, key, value, partitions) -> {
        int slot = ByteBuffer.wrap(key).getInt();
        return Optional.of(slot < partitions ? Set.of(slot) : Set.of());
    };

    private Slots() {}

    /** A delivery to one incarnation of a slot. */
    public static Record<byte[], byte[]> record(
            int slot, long incarnation, byte[] value, long timestamp, @Nullable TraceContext trace) {
        Headers headers = new RecordHeaders();
        headers.add(
                LogHeaders.INCARNATION,
                ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array());
        TraceHeaders.write(trace, headers);
        return new Record<>(key(slot), value, timestamp, headers);
    }

    public static byte[] key(int slot) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
    }
}
