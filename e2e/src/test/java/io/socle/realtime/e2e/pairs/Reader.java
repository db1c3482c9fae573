package io.socle.realtime.e2e.pairs;

import java.util.List;

/** A client that has subscribed. */
interface Reader extends AutoCloseable {
    /** What has come so far, in order. */
    List<String> texts();

    @Override
    void close() throws Exception;
}
