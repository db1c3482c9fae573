package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frames of presence, read and written. */
final class PresenceFrames {
    private PresenceFrames() {}

    /** Answers null where the type is none of presence. */
    static @Nullable ClientFrame client(String type, JsonObject json) {
        PresenceAsk ask = switch (type) {
            case "enter" -> enter(json);
            case "leave" -> {
                json.allowOnly(Set.of("type", "id", "channel", "entry"));
                yield new PresenceAsk.Leave(id(json), json.channel("channel"), json.identifierOrNull("entry"));
            }
            case "members" -> members(json);
            case "watch" -> {
                json.allowOnly(Set.of("type", "id", "subscription", "channel"));
                yield new PresenceAsk.Watch(id(json), json.identifier("subscription"), json.channel("channel"));
            }
            case "where" -> {
                json.allowOnly(Set.of("type", "id", "subject"));
                yield new PresenceAsk.Where(id(json), json.identifier("subject"));
            }
            default -> null;
        };
        return ask == null ? null : new ClientFrame.OfPresence(ask);
    }

    private static long id(JsonObject json) {
        return json.whole("id", 0, ClientFrame.MAX_ID);
    }

    private static PresenceAsk enter(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "channel", "entry", "kind", "state", "skills"));
        return new PresenceAsk.Enter(
                id(json), json.channel("channel"), json.identifierOrNull("entry"), PresenceJson.profile(json));
    }

    private static PresenceAsk members(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "channel", "after", "limit", "skill", "kind"));
        Long limit = json.wholeOrNull("limit", 1, PresenceAsk.MAX_MEMBERS);
        return new PresenceAsk.Members(
                id(json),
                json.channel("channel"),
                json.placeOrNull("after"),
                limit == null ? PresenceAsk.DEFAULT_MEMBERS : limit.intValue(),
                json.identifierOrNull("skill"),
                json.wordOrNull("kind", MemberKind.class));
    }

    static void write(JsonWriter json, PresenceAsk ask) {
        switch (ask) {
            case PresenceAsk.Enter enter ->
                PresenceJson.profile(
                        begin(json, "enter", enter.id(), enter.channel()).optional("entry", enter.entry()),
                        enter.profile());
            case PresenceAsk.Leave leave ->
                begin(json, "leave", leave.id(), leave.channel()).optional("entry", leave.entry());
            case PresenceAsk.Members members -> {
                begin(json, "members", members.id(), members.channel());
                if (members.after() != null) {
                    json.field("after", members.after().cursor());
                }
                json.field("limit", members.limit()).optional("skill", members.skill());
                if (members.kind() != null) {
                    json.field("kind", members.kind().word());
                }
            }
            case PresenceAsk.Watch watch ->
                begin(json, "watch", watch.id(), watch.channel()).field("subscription", watch.subscription());
            case PresenceAsk.Where where ->
                json.field("type", "where").field("id", where.id()).field("subject", where.subject());
        }
    }

    private static JsonWriter begin(JsonWriter json, String type, long id, ChannelName channel) {
        return json.field("type", type).field("id", id).field("channel", channel.value());
    }

    static byte[] write(PresenceTold told) {
        JsonWriter json = new JsonWriter(256);
        json.beginObject();
        switch (told) {
            case PresenceTold.Entered entered ->
                begin(json, "entered", entered.id(), entered.channel())
                        .field("entry", entered.entry())
                        .field("version", entered.version());
            case PresenceTold.Left left ->
                begin(json, "left", left.id(), left.channel())
                        .field("entry", left.entry())
                        .field("version", left.version());
            case PresenceTold.Members members ->
                PresenceJson.members(
                        json.field("type", "members")
                                .field("id", members.id())
                                .optional("subscription", members.subscription()),
                        members.channel(),
                        members.page());
            case PresenceTold.Whereabouts whereabouts ->
                PresenceJson.whereabouts(json.field("type", "whereabouts").field("id", whereabouts.id()), whereabouts);
        }
        return json.endObject().toBytes();
    }

    /** Answers null where the type is none of presence. */
    static @Nullable ServerFrame server(String type, JsonObject json) {
        PresenceTold told = switch (type) {
            case "entered" ->
                new PresenceTold.Entered(id(json), json.channel("channel"), json.identifier("entry"), version(json));
            case "left" ->
                new PresenceTold.Left(id(json), json.channel("channel"), json.identifier("entry"), version(json));
            case "members" ->
                new PresenceTold.Members(
                        id(json), json.identifierOrNull("subscription"), json.channel("channel"), page(json));
            case "whereabouts" ->
                new PresenceTold.Whereabouts(
                        id(json), json.identifier("subject"), places(json), json.timeOrNull("lastSeen"));
            default -> null;
        };
        return told == null ? null : new ServerFrame.OfPresence(told);
    }

    private static long version(JsonObject json) {
        return json.whole("version", 0, ClientFrame.MAX_ID);
    }

    private static PresenceReply.Members page(JsonObject json) {
        List<PresenceReply.Present> members = new ArrayList<>();
        for (Json item : json.items("members")) {
            members.add(present(fields(item, "members")));
        }
        return new PresenceReply.Members(
                version(json),
                json.text("mode").equals("counts"),
                (int) json.whole("count", 0, Integer.MAX_VALUE),
                members,
                json.placeOrNull("next"));
    }

    private static PresenceReply.Present present(JsonObject json) {
        return new PresenceReply.Present(
                json.identifier("subject"),
                json.identifier("entry"),
                PresenceJson.profile(json),
                version(json),
                json.required("since", json.timeOrNull("since")));
    }

    private static List<PresenceReply.Place> places(JsonObject json) {
        List<PresenceReply.Place> places = new ArrayList<>();
        for (Json item : json.items("channels")) {
            JsonObject one = fields(item, "channels");
            ChannelName channel = one.channel("channel");
            one.texts("entries").forEach(entry -> places.add(new PresenceReply.Place(channel, entry)));
        }
        return places;
    }

    private static JsonObject fields(Json item, String of) {
        if (item instanceof Json.Fields(Map<String, Json> fields)) {
            return new JsonObject(fields, of + ".");
        }
        throw new ProblemException(FailureCode.MALFORMED_FRAME, of + " must be an array of objects");
    }
}
