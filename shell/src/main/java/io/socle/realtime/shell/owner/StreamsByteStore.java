package io.socle.realtime.shell.owner;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What an owner keeps, in a store of Streams. */
public record StreamsByteStore(KeyValueStore<Bytes, byte[]> store) implements ByteStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        // Not delete(), which reads the old value only to return it.
        store.put(Bytes.wrap(key), null);
    }

    @Override
    public void range(byte[] from, byte[] to, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(Bytes.wrap(from), Bytes.wrap(to))) {
            boolean more = true;
            while (more && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                more = visitor.visit(entry.key.get(), entry.value);
            }
        }
    }
}
