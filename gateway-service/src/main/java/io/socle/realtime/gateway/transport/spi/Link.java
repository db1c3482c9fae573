package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.frame.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The outbound side of one live connection, made by a transport. All methods are called on the connection's event loop
 * and return at once.
 */
public interface Link {
    /**
     * The transport's real write signal: false while more bytes wait for the socket than its limit. A write is still
     * accepted then; {@link LinkEvents#writable} tells when the limit is passed again.
     */
    boolean writable();

    /**
     * Whether replies are written at once whatever {@link #writable} says, as in a protocol whose window is for messages only.
     * Such a link bounds by itself what waits for a client that does not read.
     */
    default boolean takesReplies() {
        return false;
    }

    /** Writes any push but a message. */
    void push(ServerFrame frame);

    /**
     * Writes a message; the rendering is shared by all links.
     *
     * @param subscription the subscription it is for, by the client's name
     * @param cursor where a filter's subscription stands after it; null for a channel, whose cursor is the position,
     *     and for a message of an ephemeral channel, after which nothing stands elsewhere
     */
    void message(String subscription, @Nullable String cursor, SharedMessage message);

    /** Writes a message that a durable subscription to a channel has sent before; protocols with a word for it say so. */
    default void redelivered(String subscription, SharedMessage message) {
        message(subscription, null, message);
    }

    /** Whether {@link #reached} is to be called. */
    default boolean follows() {
        return false;
    }

    /**
     * Everything owed to a subscription up to a place was written, or is not owed after all; told about once a second.
     *
     * @param cursor the place: a position, or the cursor of a filter
     */
    default void reached(String subscription, String cursor) {}

    /** Sends what was written since the last flush. */
    void flush();

    /** Says why, then closes; {@link LinkEvents#closed} follows. */
    void close(Disconnect disconnect);
}
