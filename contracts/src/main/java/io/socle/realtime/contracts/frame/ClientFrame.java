package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import org.jspecify.annotations.Nullable;

/** What a client may send; {@code docs/protocol/websocket.md} has the meaning of each. */
public sealed interface ClientFrame {
    /** Largest command id, 2^53-1: every JSON library keeps it exact. */
    long MAX_ID = (1L << 53) - 1;

    /** Longest cursor, in characters. */
    int MAX_CURSOR = 8192;

    /** Most unacknowledged messages that a subscription may ask for. */
    int MAX_UNACKED = 65_535;

    /** Most unacknowledged messages of a durable subscription. */
    int MAX_DURABLE_UNACKED = 4096;

    /** Unacknowledged messages of a durable subscription where the client does not say. */
    int DEFAULT_DURABLE_UNACKED = 256;

    /** Items of a history page where the client does not say. */
    int DEFAULT_HISTORY_ITEMS = 100;

    /** Begins the connection; the token is null where it came in the handshake, or in open mode. */
    record Connect(long id, @Nullable String token) implements ClientFrame {}

    /** Publishes; without id nothing but problems is answered. */
    record Publish(
            @Nullable Long id,
            MessageDraft message,
            @Nullable ProducerSequence producer) implements ClientFrame {}

    /**
     * Begins a subscription.
     *
     * @param since null means from now
     * @param overflow the default for the QoS is filled in where the client does not say
     * @param maxUnacked 1 to {@link #MAX_UNACKED}; null means no window, or for a durable one the default
     * @param durable the subject's name for a durable subscription; null for one that ends with the connection
     */
    record Subscribe(
            long id,
            String subscription,
            Selection selection,
            @Nullable Since since,
            Qos qos,
            Overflow overflow,
            @Nullable Integer maxUnacked,
            @Nullable String durable)
            implements ClientFrame {
        /** One that ends with the connection. */
        public Subscribe(
                long id,
                String subscription,
                Selection selection,
                @Nullable Since since,
                Qos qos,
                Overflow overflow,
                @Nullable Integer maxUnacked) {
            this(id, subscription, selection, since, qos, overflow, maxUnacked, null);
        }
    }

    /**
     * Ends a subscription.
     *
     * @param delete whether a durable one is forgotten with its cursor
     */
    record Unsubscribe(long id, String subscription, boolean delete) implements ClientFrame {
        public Unsubscribe(long id, String subscription) {
            this(id, subscription, false);
        }
    }

    /** Asks for a page of at most {@code limit} items, 1 to {@code Limits.PAGE_ITEMS}. */
    record History(long id, ChannelName channel, HistoryRange range, int limit) implements ClientFrame {}

    /** Deletes the message at a position, or without one the channel. */
    record Delete(long id, ChannelName channel, @Nullable Position position) implements ClientFrame {}

    /** Everything up to the cursor has been dealt with. */
    record Ack(String subscription, String cursor) implements ClientFrame {}

    /** Replaces the token before it expires. */
    record Refresh(long id, String token) implements ClientFrame {}

    /** Asks for a pong. */
    record Ping(@Nullable Long id) implements ClientFrame {}

    /** Answers the server's ping. */
    record Pong() implements ClientFrame {}

    /** Something about a room. */
    record InRoom(RoomFrame frame) implements ClientFrame {}

    /** Asks something of presence. */
    record OfPresence(PresenceAsk ask) implements ClientFrame {}

    /** The client's number for the command, which its reply carries; null where the frame has none. */
    default @Nullable Long commandId() {
        return switch (this) {
            case Connect connect -> connect.id();
            case Publish publish -> publish.id();
            case Subscribe subscribe -> subscribe.id();
            case Unsubscribe unsubscribe -> unsubscribe.id();
            case History history -> history.id();
            case Delete delete -> delete.id();
            case Refresh refresh -> refresh.id();
            case Ping ping -> ping.id();
            case InRoom room -> room.frame().commandId();
            case OfPresence presence -> presence.ask().id();
            case Ack ack -> null;
            case Pong pong -> null;
        };
    }
}
