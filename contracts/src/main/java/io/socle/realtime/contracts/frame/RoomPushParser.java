package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's frame about rooms, from its object, for clients. */
final class RoomPushParser {
    private RoomPushParser() {}

    /** Null where the type is none about rooms. */
    static @Nullable RoomPush push(String type, JsonObject json) {
        return switch (type) {
            case "joined" -> joined(json);
            case "signaled" ->
                new RoomPush.Signaled(
                        id(json),
                        json.wholeOrNull("negotiation", 1, ClientFrame.MAX_ID),
                        json.wordOrNull("ignored", Signal.Ignored.class));
            case "ice_servers" -> new RoomPush.Ice(id(json), json.channel("room"), iceServers(json));
            case "ringing" ->
                new RoomPush.Ringing(
                        id(json),
                        json.channel("room"),
                        RoomJson.number(json, "call"),
                        json.required("expires", json.timeOrNull("expires")));
            case "room_done" -> new RoomPush.Done(id(json));
            case "room_left" ->
                new RoomPush.Left(json.channel("room"), ServerFrameParser.problem(json.object("problem")));
            default -> told(type, json);
        };
    }

    private static @Nullable RoomPush told(String type, JsonObject json) {
        return switch (type) {
            case "signal" ->
                new RoomPush.Said(
                        json.channel("room"),
                        sequence(json),
                        RoomJson.number(json, "from"),
                        SignalJson.told(json.object("signal")));
            case "peer_joined" -> new RoomPush.PeerJoined(json.channel("room"), sequence(json), peer(json));
            case "peer_updated" ->
                new RoomPush.PeerUpdated(
                        json.channel("room"), sequence(json), RoomJson.number(json, "peer"), RoomJson.metadata(json));
            case "peer_left" ->
                new RoomPush.PeerLeft(
                        json.channel("room"),
                        sequence(json),
                        RoomJson.number(json, "peer"),
                        json.required("reason", json.wordOrNull("reason", RoomEvent.Reason.class)));
            case "call" ->
                new RoomPush.Call(
                        json.channel("room"),
                        sequence(json),
                        RoomJson.number(json, "call"),
                        json.text("subject"),
                        json.required("state", json.wordOrNull("state", CallState.class)));
            default -> null;
        };
    }

    private static RoomPush joined(JsonObject json) {
        JsonObject limits = json.object("limits");
        return new RoomPush.Joined(
                id(json),
                json.channel("room"),
                RoomJson.number(json, "peer"),
                json.identifier("secret"),
                sequence(json),
                json.flag("missed", false),
                objects(json, "peers", RoomPushParser::peer),
                iceServers(json),
                new RoomTerms(limit(limits, "peers"), limit(limits, "fullMesh"), json.has("channel")),
                limit(limits, "signalsPerSecond"));
    }

    private static PeerInfo peer(JsonObject json) {
        return new PeerInfo(
                RoomJson.number(json, "peer"),
                json.text("subject"),
                json.flag("polite", false),
                RoomJson.metadata(json));
    }

    private static IceServers iceServers(JsonObject json) {
        Instant expires = json.timeOrNull("iceExpires");
        return new IceServers(
                objects(json, "iceServers", server -> {
                    String username = server.textOrNull("username");
                    return new IceServers.Server(
                            server.texts("urls"),
                            username == null ? null : new IceServers.Credential(username, server.text("credential")));
                }),
                expires);
    }

    private static <T> List<T> objects(JsonObject json, String name, Function<JsonObject, T> read) {
        return json.items(name).stream()
                .map(item -> read.apply(
                        item instanceof Json.Fields(Map<String, Json> fields)
                                ? new JsonObject(fields, name + ".")
                                : json.wrongType(name, "an array of objects")))
                .toList();
    }

    private static int limit(JsonObject limits, String name) {
        return (int) limits.whole(name, 0, Integer.MAX_VALUE);
    }

    private static long sequence(JsonObject json) {
        return json.whole("sequence", 0, ClientFrame.MAX_ID);
    }

    private static long id(JsonObject json) {
        return json.whole("id", 0, ClientFrame.MAX_ID);
    }
}
