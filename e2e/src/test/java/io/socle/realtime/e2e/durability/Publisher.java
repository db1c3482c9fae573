package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.message.Position;
import java.util.concurrent.CompletableFuture;

/** Publishes one message with its id; completes exceptionally where the outcome is unknown or a retry is advised. */
public interface Publisher extends AutoCloseable {
    /** The owner's decision. */
    record Decided(Position position, boolean repeat) {}

    /** Try again with the same id (PUB-3). */
    final class RetryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;

        RetryException(String code, String why) {
            super(why);
            this.code = code;
        }

        /** The failure's code; empty where no answer came. */
        public String code() {
            return code;
        }
    }

    CompletableFuture<Decided> publish(String channel, String id, String json);

    /** Gives up the connection, if there is one that stays: it has been silent for too long. */
    default void reconnect() {}

    @Override
    void close();
}
