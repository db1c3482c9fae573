package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame.ConnectionLimits;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link ServerFrame} to bytes; safe for any thread. */
public final class ServerFrameWriter {
    /** What closes the frame that {@link #messagePrefix} began. */
    public static final byte MESSAGE_SUFFIX = '}';

    private static final int TYPICAL = 192;

    private ServerFrameWriter() {}

    /**
     * The part of a message frame that differs from link to link: the whole frame is this prefix, the bytes of
     * {@link MessageJson#write}, and {@link #MESSAGE_SUFFIX}.
     *
     * @param cursor the place after this message; null for a subscription to one channel
     */
    public static byte[] messagePrefix(String subscription, @Nullable String cursor) {
        return messagePrefix(subscription, cursor, false);
    }

    /** As the other, and where {@code redelivered} the frame says so. */
    public static byte[] messagePrefix(String subscription, @Nullable String cursor, boolean redelivered) {
        return messagePrefix(new JsonWriter(TYPICAL), subscription, cursor, redelivered)
                .toBytes();
    }

    private static JsonWriter messagePrefix(
            JsonWriter json, String subscription, @Nullable String cursor, boolean redelivered) {
        json.beginObject()
                .field("type", "message")
                .field("subscription", subscription)
                .optional("cursor", cursor);
        if (redelivered) {
            json.field("redelivered", true);
        }
        return json.key("message");
    }

    public static byte[] write(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Message message -> message(message);
            case ServerFrame.HistoryPage page -> historyPage(page);
            case ServerFrame.OfPresence presence -> PresenceFrames.write(presence.told());
            default -> {
                JsonWriter json = new JsonWriter(TYPICAL);
                json.beginObject();
                small(json, frame);
                yield json.endObject().toBytes();
            }
        };
    }

    private static byte[] message(ServerFrame.Message frame) {
        JsonWriter json = new JsonWriter(TYPICAL + MessageWriter.expectedBytes(frame.message()));
        messagePrefix(json, frame.subscription(), frame.cursor(), frame.redelivered());
        MessageWriter.write(json, frame.message().id(), frame.message());
        return json.endObject().toBytes();
    }

    private static void small(JsonWriter json, ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Connected connected -> connected(json, connected);
            case ServerFrame.Published published -> published(json, published);
            case ServerFrame.Subscribed subscribed -> subscribed(json, subscribed);
            case ServerFrame.Unsubscribed unsubscribed -> unsubscribed(json, unsubscribed);
            case ServerFrame.Deleted deleted -> json.field("type", "deleted").field("id", deleted.id());
            case ServerFrame.Refreshed refreshed ->
                json.field("type", "refreshed").field("id", refreshed.id()).field("expires", refreshed.expires());
            case ServerFrame.Pong pong -> json.field("type", "pong").optional("id", pong.id());
            case ServerFrame.Ping ping -> json.field("type", "ping").optional("id", ping.id());
            case ServerFrame.ProblemFrame problem ->
                problem(json.field("type", "problem").optional("id", problem.id()), problem.problem());
            case ServerFrame.DisconnectFrame disconnect -> disconnect(json, disconnect.disconnect());
            case ServerFrame.Backpressure pressure ->
                json.field("type", "backpressure")
                        .field("state", pressure.state().word())
                        .field("lagMs", pressure.lagMs())
                        .optional("retryAfterMs", pressure.retryAfterMs());
            case ServerFrame.InRoom(RoomPush push) -> RoomPushWriter.write(json, push);
            default -> ofSubscription(json, frame);
        }
    }

    private static void ofSubscription(JsonWriter json, ServerFrame frame) {
        switch (frame) {
            case ServerFrame.CaughtUp caughtUp -> caughtUp(json, caughtUp);
            case ServerFrame.Skipped skipped ->
                range(
                        begin(json, "skipped", skipped.subscription())
                                .field("channel", skipped.channel().value()),
                        skipped.from(),
                        skipped.to());
            case ServerFrame.Lost lost ->
                range(
                        begin(json, "lost", lost.subscription())
                                .field("channel", lost.channel().value()),
                        lost.from(),
                        lost.to());
            case ServerFrame.LostUntil lost ->
                begin(json, "lost", lost.subscription()).field("cursor", lost.cursor());
            case ServerFrame.Slow slow ->
                begin(json, "slow", slow.subscription())
                        .field("policy", slow.policy().word())
                        .field("dropped", slow.dropped());
            default -> throw new IllegalArgumentException("written elsewhere: " + frame.getClass());
        }
    }

    private static JsonWriter begin(JsonWriter json, String type, String subscription) {
        return json.field("type", type).field("subscription", subscription);
    }

    private static void range(JsonWriter json, Position from, Position to) {
        json.field("from", from.toString()).field("to", to.toString());
    }

    private static void connected(JsonWriter json, ServerFrame.Connected connected) {
        ConnectionLimits limits = connected.limits();
        json.field("type", "connected")
                .field("id", connected.id())
                .field("connection", connected.connection())
                .field("subject", connected.subject())
                .field("heartbeatMs", connected.heartbeatMs())
                .optional("expires", connected.expires())
                .key("limits")
                .beginObject()
                .field("frameBytes", limits.frameBytes())
                .field("dataBytes", limits.dataBytes())
                .field("subscriptions", limits.subscriptions())
                .field("inFlight", limits.inFlight())
                .endObject();
    }

    private static void published(JsonWriter json, ServerFrame.Published published) {
        json.field("type", "published").field("id", published.id()).optional("position", published.position());
        if (published.repeat()) {
            json.field("repeat", true);
        }
        json.optional("lagMs", published.lagMs());
    }

    private static void subscribed(JsonWriter json, ServerFrame.Subscribed subscribed) {
        json.field("type", "subscribed")
                .field("id", subscribed.id())
                .field("subscription", subscribed.subscription())
                .optional("cursor", subscribed.cursor());
        Boolean existed = subscribed.existed();
        if (existed != null) {
            json.field("existed", existed.booleanValue());
        }
    }

    private static void caughtUp(JsonWriter json, ServerFrame.CaughtUp caughtUp) {
        begin(json, "caught_up", caughtUp.subscription()).field("cursor", caughtUp.cursor());
        if (caughtUp.flushed() > 0) {
            json.field("flushed", caughtUp.flushed());
        }
    }

    private static void unsubscribed(JsonWriter json, ServerFrame.Unsubscribed unsubscribed) {
        json.field("type", "unsubscribed")
                .optional("id", unsubscribed.id())
                .field("subscription", unsubscribed.subscription());
        Problem problem = unsubscribed.problem();
        if (problem != null) {
            json.key("problem").beginObject();
            problem(json, problem);
            json.endObject();
        }
    }

    static void problem(JsonWriter json, Problem problem) {
        json.field("code", problem.code().code())
                .field("detail", problem.detail())
                .field("retryable", problem.retryable());
        if (problem.retryAfter() != null) {
            json.field("retryAfterMs", problem.retryAfter().toMillis());
        }
    }

    private static void disconnect(JsonWriter json, Disconnect disconnect) {
        json.field("type", "disconnect").field("code", disconnect.code().code()).field("reason", disconnect.reason());
        if (disconnect.reconnectAfter() != null) {
            json.field("reconnectAfterMs", disconnect.reconnectAfter().toMillis());
        }
    }

    private static byte[] historyPage(ServerFrame.HistoryPage page) {
        JsonWriter json = new JsonWriter(expectedBytes(page.items()));
        json.beginObject().field("type", "history").field("id", page.id());
        return historyFields(json, page.channel(), page.items(), page.next())
                .endObject()
                .toBytes();
    }

    /** A page of history as the body of an HTTP answer: the frame without type and id (clause HTTP-10). */
    public static byte[] historyBody(ChannelName channel, List<HistoryItem> items, @Nullable String next) {
        JsonWriter json = new JsonWriter(expectedBytes(items));
        return historyFields(json.beginObject(), channel, items, next)
                .endObject()
                .toBytes();
    }

    static int expectedBytes(List<HistoryItem> items) {
        int expected = TYPICAL;
        for (HistoryItem item : items) {
            expected += item instanceof HistoryItem.Message(RealtimeMessage message)
                    ? MessageWriter.expectedBytes(message)
                    : TYPICAL;
        }
        return expected;
    }

    static JsonWriter historyFields(
            JsonWriter json, ChannelName channel, List<HistoryItem> items, @Nullable String next) {
        return json.field("channel", channel.value())
                .array("items", items, item -> historyItem(json, item))
                .optional("next", next);
    }

    private static void historyItem(JsonWriter json, HistoryItem item) {
        json.beginObject();
        switch (item) {
            case HistoryItem.Message(RealtimeMessage message) ->
                MessageWriter.write(json.key("message"), message.id(), message);
            case HistoryItem.Skipped(Position from, Position to) -> {
                range(json.key("skipped").beginObject(), from, to);
                json.endObject();
            }
            case HistoryItem.Lost(Position from, Position to) -> {
                range(json.key("lost").beginObject(), from, to);
                json.endObject();
            }
        }
        json.endObject();
    }
}
