package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.message.Position;
import java.util.concurrent.CompletableFuture;

/** Publishes one message with its id; completes exceptionally where the outcome is unknown or a retry is advised. */
interface Publisher extends AutoCloseable {
    /** The owner's decision. */
    record Decided(Position position, boolean repeat) {}

    /** Try again with the same id (PUB-3). */
    final class RetryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetryException(String why) {
            super(why);
        }
    }

    CompletableFuture<Decided> publish(String channel, String id, String json);

    @Override
    void close();
}
