package io.socle.realtime.presence.core;

import org.jspecify.annotations.Nullable;

/** A map that the shell keeps for the core; used by the partition's thread only. */
public interface Table<K, V> {
    @Nullable
    V get(K key);

    void put(K key, V value);

    void delete(K key);

    /** A table with one key. */
    interface Cell<V> {
        @Nullable
        V get();

        void put(V value);
    }

    /** A table in the order of its keys. */
    interface Sorted<K, V> extends Table<K, V> {
        /** Visits the key and all that come after it, upwards, until the visitor answers false; it must not change the table. */
        void tail(K from, Visitor<K, V> visitor);
    }

    /** Sees one entry and says whether to go on. */
    interface Visitor<K, V> {
        boolean visit(K key, V value);
    }
}
