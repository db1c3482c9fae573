package io.socle.realtime.presence.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.presence.core.Table;
import io.socle.realtime.shell.owner.ByteStore;
import java.util.function.Function;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/** A table of the core in a part of a store. */
final class StoreTable<K, V> implements Table.Sorted<K, V> {
    private final ByteStore store;
    private final int number;
    private final Keys<K> keys;
    private final Values<V> values;

    /** Keys to bytes behind the table's number and back. */
    record Keys<K>(Function<K, byte[]> write, Function<byte[], K> read) {}

    /** Values to bytes and back. */
    record Values<V>(Function<V, byte[]> write, Reader<V> read) {}

    /** Reads a value. */
    interface Reader<V> {
        V read(byte[] bytes) throws InvalidProtocolBufferException;
    }

    StoreTable(ByteStore store, int number, Keys<K> keys, Values<V> values) {
        this.store = store;
        this.number = number;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public @Nullable V get(K key) {
        byte[] value = store.get(keys.write().apply(key));
        return value == null ? null : decoded(values, value);
    }

    @Override
    public void put(K key, V value) {
        store.put(keys.write().apply(key), values.write().apply(value));
    }

    @Override
    public void delete(K key) {
        store.delete(keys.write().apply(key));
    }

    @Override
    public void tail(K from, Table.Visitor<K, V> visitor) {
        byte[] end = {(byte) (number + 1)};
        store.range(
                keys.write().apply(from),
                end,
                (key, value) -> visitor.visit(keys.read().apply(key), decoded(values, value)));
    }

    /** A stored value that cannot be read is no fault of the command: the task must not go on. */
    private static <V> V decoded(Values<V> values, byte[] value) {
        try {
            return values.read().read(value);
        } catch (InvalidProtocolBufferException e) {
            throw new ProcessorStateException("a stored value cannot be read", e);
        }
    }

    /** One value under a key of its own. */
    record Cell<V>(ByteStore store, int number, Values<V> values) implements Table.Cell<V> {
        @Override
        public @Nullable V get() {
            byte[] value = store.get(key());
            return value == null ? null : decoded(values, value);
        }

        @Override
        public void put(V value) {
            store.put(key(), values.write().apply(value));
        }

        private byte[] key() {
            return new byte[] {(byte) number};
        }
    }
}
