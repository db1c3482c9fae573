package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.channel.core.Table;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A table of the core in a part of a Streams store. */
final class StoreTable<K, V> implements Table.Sorted<K, V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final int table;
    private final KeyCodec<K> keys;
    private final Codec<V> values;

    StoreTable(KeyValueStore<Bytes, byte[]> store, int table, KeyCodec<K> keys, Codec<V> values) {
        this.store = store;
        this.table = table;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public @Nullable V get(K key) {
        byte[] value = store.get(Bytes.wrap(keys.encode(key)));
        return value == null ? null : decode(values, value);
    }

    @Override
    public void put(K key, V value) {
        store.put(Bytes.wrap(keys.encode(key)), values.encode(value));
    }

    @Override
    public void delete(K key) {
        // Not delete(), which reads the old value only to return it.
        store.put(Bytes.wrap(keys.encode(key)), null);
    }

    @Override
    public void ascend(K from, K to, Table.Visitor<K, V> visitor) {
        visit(store.range(Bytes.wrap(keys.encode(from)), Bytes.wrap(keys.encode(to))), visitor);
    }

    @Override
    public void descend(K from, K to, Table.Visitor<K, V> visitor) {
        visit(store.reverseRange(Bytes.wrap(keys.encode(to)), Bytes.wrap(keys.encode(from))), visitor);
    }

    @Override
    public void tail(K from, Table.Visitor<K, V> visitor) {
        visit(store.range(Bytes.wrap(keys.encode(from)), Bytes.wrap(StoreKeys.cell(table + 1))), visitor);
    }

    @Override
    public void all(Table.Visitor<K, V> visitor) {
        Bytes from = Bytes.wrap(StoreKeys.cell(table));
        Bytes to = Bytes.wrap(StoreKeys.cell(table + 1));
        visit(store.range(from, to), visitor);
    }

    private void visit(KeyValueIterator<Bytes, byte[]> entries, Table.Visitor<K, V> visitor) {
        try (entries) {
            boolean more = true;
            while (more && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                more = visitor.visit(keys.decode(entry.key.get()), decode(values, entry.value));
            }
        }
    }

    /** A stored value that cannot be read is no fault of the command: the task must not go on. */
    private static <V> V decode(Codec<V> values, byte[] value) {
        try {
            return values.decode(value);
        } catch (InvalidProtocolBufferException e) {
            throw new ProcessorStateException("a stored value cannot be read", e);
        }
    }

    /** One value under a key of its own. */
    record Cell<V>(KeyValueStore<Bytes, byte[]> store, Bytes key, Codec<V> values) implements Table.Cell<V> {
        @Override
        public @Nullable V get() {
            byte[] value = store.get(key);
            return value == null ? null : decode(values, value);
        }

        @Override
        public void put(V value) {
            store.put(key, values.encode(value));
        }
    }
}
