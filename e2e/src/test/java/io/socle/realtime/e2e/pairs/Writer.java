package io.socle.realtime.e2e.pairs;

import java.util.List;

/** A client that publishes. */
interface Writer extends AutoCloseable {
    /** Publishes one after the other; returns when all are acknowledged, or at QoS 0 written. */
    void write(List<String> texts) throws Exception;

    @Override
    default void close() throws Exception {}
}
