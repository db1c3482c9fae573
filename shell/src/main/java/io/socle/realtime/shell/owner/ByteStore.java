package io.socle.realtime.shell.owner;

import org.jspecify.annotations.Nullable;

/** What an owner keeps: values by keys, which sort as unsigned bytes. */
public interface ByteStore {
    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** Visits the entries from one key to another, both included, until the visitor answers false; it must not change the store. */
    void range(byte[] from, byte[] to, Visitor visitor);

    /** Takes entries. */
    interface Visitor {
        /** Returns whether it wants more. */
        boolean visit(byte[] key, byte[] value);
    }
}
