package io.socle.realtime.channel.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes to each store now and then. Kafka compacts closed segments only, and closes one only when something is appended to
 * it: without this a changelog in which little happens would keep what was deleted for ever (clause DEL-10).
 */
final class Pulse {
    static final Duration EVERY = Duration.ofMinutes(10);

    /** Of no table, nor next to one, for tables are read up to the next one's number. */
    private static final int KEY = 60;

    private final List<KeyValueStore<Bytes, byte[]>> stores;

    Pulse(List<KeyValueStore<Bytes, byte[]>> stores) {
        this.stores = List.copyOf(stores);
    }

    /** Called with the wall clock in milliseconds. */
    void beat(long now) {
        byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(now).array();
        stores.forEach(store -> store.put(Bytes.wrap(StoreKeys.cell(KEY)), time));
    }
}
