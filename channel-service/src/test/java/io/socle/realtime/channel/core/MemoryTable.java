package io.socle.realtime.channel.core;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table in memory. */
final class MemoryTable<K, V> implements Table.Sorted<K, V> {
    private final NavigableMap<K, V> map;

    MemoryTable(Comparator<K> order) {
        map = new TreeMap<>(order);
    }

    static <K extends Comparable<K>, V> MemoryTable<K, V> sorted() {
        return new MemoryTable<>((one, other) -> one.compareTo(other));
    }

    MemoryTable<K, V> copy() {
        MemoryTable<K, V> copy = new MemoryTable<>(orderOf(map));
        copy.map.putAll(map);
        return copy;
    }

    @SuppressWarnings("unchecked") // Made with a comparator of K.
    private static <K> Comparator<K> orderOf(NavigableMap<K, ?> map) {
        return (Comparator<K>) map.comparator();
    }

    Map<K, V> contents() {
        return map;
    }

    @Override
    public @Nullable V get(K key) {
        return map.get(key);
    }

    @Override
    public void put(K key, V value) {
        map.put(key, value);
    }

    @Override
    public void delete(K key) {
        map.remove(key);
    }

    @Override
    public void ascend(K from, K to, Table.Visitor<K, V> visitor) {
        visit(map.subMap(from, true, to, true), visitor);
    }

    @Override
    public void descend(K from, K to, Table.Visitor<K, V> visitor) {
        visit(map.subMap(to, true, from, true).descendingMap(), visitor);
    }

    @Override
    public void tail(K from, Table.Visitor<K, V> visitor) {
        visit(map.tailMap(from, true), visitor);
    }

    @Override
    public void all(Table.Visitor<K, V> visitor) {
        visit(map, visitor);
    }

    private void visit(Map<K, V> part, Table.Visitor<K, V> visitor) {
        for (Map.Entry<K, V> entry : part.entrySet()) {
            if (!visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }
}
