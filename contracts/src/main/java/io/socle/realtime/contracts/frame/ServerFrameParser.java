package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ServerFrame.BackpressureState;
import io.socle.realtime.contracts.frame.ServerFrame.ConnectionLimits;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.frame.ServerFrame.SlowPolicy;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.Shape;
import io.socle.realtime.contracts.message.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to a {@link ServerFrame}, for clients. Fields that this version does not know are passed over, because a later
 * server may add some; a failure code that it does not know becomes one with the same advice on retrying. Safe for any
 * thread.
 */
public final class ServerFrameParser {
    private ServerFrameParser() {}

    /** Throws {@link FrameException}, and nothing else, where the bytes are no frame of the server. */
    public static ServerFrame parse(byte[] utf8) {
        JsonReader reader = new JsonReader(utf8);
        try {
            return frame(new JsonObject(reader.readObject(Shape.FRAME).values(), ""));
        } catch (ProblemException e) {
            throw new FrameException(e.problem(), ClientFrameParser.readableId(reader));
        } catch (InvalidValueException e) {
            throw new FrameException(
                    new Problem(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage())),
                    ClientFrameParser.readableId(reader));
        }
    }

    private static ServerFrame frame(JsonObject json) {
        String type = json.text("type");
        return switch (type) {
            case "connected" -> connected(json);
            case "published" ->
                new ServerFrame.Published(
                        id(json), json.positionOrNull("position"), json.flag("repeat", false), millis(json, "lagMs"));
            case "subscribed" ->
                new ServerFrame.Subscribed(
                        id(json),
                        json.identifier("subscription"),
                        json.cursorOrNull("cursor"),
                        json.flagOrNull("existed"));
            case "unsubscribed" -> unsubscribed(json);
            case "history" -> historyPage(json);
            case "deleted" -> new ServerFrame.Deleted(id(json));
            case "refreshed" ->
                new ServerFrame.Refreshed(id(json), json.required("expires", json.timeOrNull("expires")));
            case "pong" -> new ServerFrame.Pong(optionalId(json));
            case "ping" -> new ServerFrame.Ping(optionalId(json));
            case "problem" -> new ServerFrame.ProblemFrame(optionalId(json), problem(json));
            case "disconnect" -> disconnect(json);
            case "backpressure" ->
                new ServerFrame.Backpressure(
                        json.required("state", json.wordOrNull("state", BackpressureState.class)),
                        json.whole("lagMs", 0, ClientFrame.MAX_ID),
                        millis(json, "retryAfterMs"));
            default -> {
                RoomPush push = RoomPushParser.push(type, json);
                yield push == null ? ofSubscription(type, json) : new ServerFrame.InRoom(push);
            }
        };
    }

    private static ServerFrame ofSubscription(String type, JsonObject json) {
        return switch (type) {
            case "message" ->
                new ServerFrame.Message(
                        json.identifier("subscription"),
                        json.cursorOrNull("cursor"),
                        MessageReader.delivered(json.object("message")),
                        json.flag("redelivered", false));
            case "caught_up" -> caughtUp(json);
            case "skipped" ->
                new ServerFrame.Skipped(
                        json.identifier("subscription"),
                        json.channel("channel"),
                        json.position("from"),
                        json.position("to"));
            case "lost" -> lost(json);
            case "slow" ->
                new ServerFrame.Slow(
                        json.identifier("subscription"),
                        json.required("policy", json.wordOrNull("policy", SlowPolicy.class)),
                        json.whole("dropped", 0, ClientFrame.MAX_ID));
            default -> other(type, json);
        };
    }

    private static ServerFrame other(String type, JsonObject json) {
        ServerFrame presence = PresenceFrames.server(type, json);
        if (presence != null) {
            return presence;
        }
        throw new ProblemException(FailureCode.UNKNOWN_TYPE, "no server frame has type " + JsonReader.quoted(type));
    }

    private static ServerFrame caughtUp(JsonObject json) {
        Long flushed = json.wholeOrNull("flushed", 1, ClientFrame.MAX_ID);
        return new ServerFrame.CaughtUp(
                json.identifier("subscription"), json.cursor("cursor"), flushed == null ? 0 : flushed);
    }

    private static ServerFrame connected(JsonObject json) {
        JsonObject limits = json.object("limits");
        return new ServerFrame.Connected(
                id(json),
                json.identifier("connection"),
                json.text("subject"),
                json.whole("heartbeatMs", 1, Integer.MAX_VALUE),
                json.timeOrNull("expires"),
                new ConnectionLimits(
                        limit(limits, "frameBytes"),
                        limit(limits, "dataBytes"),
                        limit(limits, "subscriptions"),
                        limit(limits, "inFlight")));
    }

    private static int limit(JsonObject limits, String name) {
        return (int) limits.whole(name, 0, Integer.MAX_VALUE);
    }

    private static ServerFrame unsubscribed(JsonObject json) {
        JsonObject problem = json.objectOrNull("problem");
        return new ServerFrame.Unsubscribed(
                optionalId(json), json.identifier("subscription"), problem == null ? null : problem(problem));
    }

    static Problem problem(JsonObject json) {
        String code = json.text("code");
        boolean retryable = json.flag("retryable", false);
        Long later = millis(json, "retryAfterMs");
        return new Problem(
                known(code, retryable ? FailureCode.INTERNAL_ERROR : FailureCode.INVALID_VALUE),
                json.text("detail"),
                later == null ? null : Duration.ofMillis(later));
    }

    private static @Nullable Long millis(JsonObject json, String name) {
        return json.wholeOrNull(name, 0, ClientFrame.MAX_ID);
    }

    private static FailureCode known(String code, FailureCode otherwise) {
        return FailureCode.of(code).orElse(otherwise);
    }

    private static ServerFrame disconnect(JsonObject json) {
        Long delay = millis(json, "reconnectAfterMs");
        FailureCode otherwise = delay == null ? FailureCode.PROTOCOL_ERROR : FailureCode.SHUTTING_DOWN;
        return new ServerFrame.DisconnectFrame(new Disconnect(
                known(json.text("code"), otherwise),
                json.text("reason"),
                delay == null ? null : Duration.ofMillis(delay)));
    }

    private static ServerFrame lost(JsonObject json) {
        String subscription = json.identifier("subscription");
        return json.has("cursor")
                ? new ServerFrame.LostUntil(subscription, json.cursor("cursor"))
                : new ServerFrame.Lost(
                        subscription, json.channel("channel"), json.position("from"), json.position("to"));
    }

    private static ServerFrame historyPage(JsonObject json) {
        List<HistoryItem> items = json.required("items", json.has("items") ? json.items("items") : null).stream()
                .map(item -> historyItem(
                        item instanceof Json.Fields(Map<String, Json> fields)
                                ? new JsonObject(fields, "items.")
                                : json.wrongType("items", "an array of objects")))
                .toList();
        return new ServerFrame.HistoryPage(id(json), json.channel("channel"), items, json.cursorOrNull("next"));
    }

    private static HistoryItem historyItem(JsonObject json) {
        JsonObject skipped = json.objectOrNull("skipped");
        if (skipped != null) {
            return new HistoryItem.Skipped(skipped.position("from"), skipped.position("to"));
        }
        JsonObject lost = json.objectOrNull("lost");
        if (lost != null) {
            return new HistoryItem.Lost(lost.position("from"), lost.position("to"));
        }
        return new HistoryItem.Message(MessageReader.delivered(json.object("message")));
    }

    private static long id(JsonObject json) {
        return json.whole("id", 0, ClientFrame.MAX_ID);
    }

    private static @Nullable Long optionalId(JsonObject json) {
        return json.wholeOrNull("id", 0, ClientFrame.MAX_ID);
    }
}
