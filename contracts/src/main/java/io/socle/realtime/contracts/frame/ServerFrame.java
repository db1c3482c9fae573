package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server sends; {@code docs/protocol/websocket.md} has the meaning of each. */
public sealed interface ServerFrame {
    /** Answers connect; {@code expires} is null where the token, or open mode, sets no end. */
    record Connected(
            long id,
            String connection,
            String subject,
            long heartbeatMs,
            @Nullable Instant expires,
            ConnectionLimits limits)
            implements ServerFrame {}

    /** Largest frame and data in bytes, most subscriptions and most undecided commands of a connection. */
    record ConnectionLimits(int frameBytes, int dataBytes, int subscriptions, int inFlight) {}

    /**
     * Answers publish.
     *
     * @param position the message's place; null where its channel is ephemeral, and then it may reach nobody
     * @param lagMs how long the decision took, where that is worth telling; else null
     */
    record Published(
            long id,
            @Nullable Position position,
            boolean repeat,
            @Nullable Long lagMs) implements ServerFrame {
        public Published(long id, @Nullable Position position, boolean repeat) {
            this(id, position, repeat, null);
        }
    }

    /**
     * Where this connection published, decisions begin or cease to take long.
     *
     * @param lagMs the wait that a publish has to expect now
     * @param retryAfterMs when a publish is worth another try; null where publishes are still taken
     */
    record Backpressure(
            BackpressureState state, long lagMs, @Nullable Long retryAfterMs) implements ServerFrame {}

    /** Whether the owners lag behind what is published. */
    enum BackpressureState {
        ON,
        OFF;

        /** The word in frames: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Answers subscribe; the subscription begins after the cursor.
     *
     * @param cursor null where only ephemeral channels are selected, which have no places
     * @param existed for a durable one whether it was there before; null for others
     */
    record Subscribed(
            long id,
            String subscription,
            @Nullable String cursor,
            @Nullable Boolean existed) implements ServerFrame {
        public Subscribed(long id, String subscription, @Nullable String cursor) {
            this(id, subscription, cursor, null);
        }
    }

    /** Answers unsubscribe, or, without id and with a problem, says that the server ended the subscription. */
    record Unsubscribed(
            @Nullable Long id,
            String subscription,
            @Nullable Problem problem) implements ServerFrame {}

    /** Answers history; {@code next} continues in the same direction and is null at the end. */
    record HistoryPage(
            long id,
            ChannelName channel,
            List<HistoryItem> items,
            @Nullable String next) implements ServerFrame {
        public HistoryPage {
            items = List.copyOf(items);
        }
    }

    /** One item of a page of history; in JSON an object with the one key message, skipped or lost. */
    sealed interface HistoryItem {
        record Message(RealtimeMessage message) implements HistoryItem {}

        /** Positions, both included, that are not owed. */
        record Skipped(Position from, Position to) implements HistoryItem {}

        /** Positions, both included, that history no longer has. */
        record Lost(Position from, Position to) implements HistoryItem {}
    }

    /** Answers delete: what was named is gone. */
    record Deleted(long id) implements ServerFrame {}

    /** Answers refresh. */
    record Refreshed(long id, Instant expires) implements ServerFrame {}

    /** Answers what was asked of presence. */
    record OfPresence(PresenceTold told) implements ServerFrame {}

    /** Answers ping. */
    record Pong(@Nullable Long id) implements ServerFrame {}

    /** Shows that the link lives. */
    record Ping(@Nullable Long id) implements ServerFrame {}

    /** Answers a command that was not carried out. */
    record ProblemFrame(@Nullable Long id, Problem problem) implements ServerFrame {}

    /**
     * Delivers a message.
     *
     * @param cursor set for filters only
     * @param redelivered whether a durable subscription has sent it before
     */
    record Message(String subscription, @Nullable String cursor, RealtimeMessage message, boolean redelivered)
            implements ServerFrame {
        public Message(String subscription, @Nullable String cursor, RealtimeMessage message) {
            this(subscription, cursor, message, false);
        }
    }

    /**
     * Everything owed up to the cursor has been sent; what follows is live.
     *
     * @param flushed how many messages waited for a durable subscription that was away; 0 where none did
     */
    record CaughtUp(String subscription, String cursor, long flushed) implements ServerFrame {
        public CaughtUp(String subscription, String cursor) {
            this(subscription, cursor, 0);
        }
    }

    /** Positions, both included, that are not owed to this subscriber. */
    record Skipped(String subscription, ChannelName channel, Position from, Position to) implements ServerFrame {}

    /** Positions, both included, that were owed and that history no longer has. */
    record Lost(String subscription, ChannelName channel, Position from, Position to) implements ServerFrame {}

    /** A filter's index no longer reaches back: only from the cursor on is everything there. In JSON a lost frame. */
    record LostUntil(String subscription, String cursor) implements ServerFrame {}

    /** The client reads too slowly; {@code dropped} messages were forgotten since the last such frame. */
    record Slow(String subscription, SlowPolicy policy, long dropped) implements ServerFrame {}

    /** Something about a room. */
    record InRoom(RoomPush push) implements ServerFrame {}

    /** The last frame before the server closes the connection. */
    record DisconnectFrame(Disconnect disconnect) implements ServerFrame {}

    /** What was done about a slow client: an {@link Overflow}, or waiting for acks. */
    enum SlowPolicy {
        RECOVER,
        DROP_OLDEST,
        CONFLATE,
        UNACKED;

        /** The word in frames: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static SlowPolicy of(Overflow overflow) {
            return switch (overflow) {
                case RECOVER -> RECOVER;
                case DROP_OLDEST -> DROP_OLDEST;
                case CONFLATE -> CONFLATE;
            };
        }
    }
}
