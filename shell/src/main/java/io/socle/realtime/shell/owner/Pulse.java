package io.socle.realtime.shell.owner;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes to each store now and then. Kafka compacts closed segments only, and closes one only when something is appended to
 * it: without this a changelog in which little happens would keep what was deleted for ever (clause DEL-10).
 */
public final class Pulse {
    public static final Duration EVERY = Duration.ofMinutes(10);

    private final List<KeyValueStore<Bytes, byte[]>> stores;
    private final Bytes key;

    /** With a key that nothing else has. */
    public Pulse(List<KeyValueStore<Bytes, byte[]>> stores, byte[] key) {
        this.stores = List.copyOf(stores);
        this.key = Bytes.wrap(key);
    }

    /** Called with the wall clock in milliseconds. */
    public void beat(long now) {
        byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(now).array();
        stores.forEach(store -> store.put(key, time));
    }
}
