package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.json.Shape;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Skill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON of members, in frames, bodies and messages alike; safe for any thread. */
public final class PresenceJson {
    private static final int TYPICAL = 256;
    private static final Set<String> BODY_FIELDS = Set.of("kind", "state", "skills", "ttl");

    private PresenceJson() {}

    /**
     * What a member says of itself, as the body of a request.
     *
     * @param ttl seconds; null where they are not said
     */
    public record Body(MemberProfile profile, @Nullable Long ttl) {}

    /** Throws ProblemException where the bytes are no body of a member (clause PRS-51). */
    public static Body body(byte[] utf8) {
        var json = new JsonObject(
                new JsonReader(utf8).readObject(Shape.CLIENT_FRAME).values(), "");
        json.allowOnly(BODY_FIELDS);
        try {
            return new Body(profile(json), json.wholeOrNull("ttl", 5, 86_400));
        } catch (InvalidValueException e) {
            throw new ProblemException(new Problem(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage())));
        }
    }

    static MemberProfile profile(JsonObject json) {
        MemberKind kind = json.wordOrNull("kind", MemberKind.class);
        return new MemberProfile(
                kind == null ? MemberKind.HUMAN : kind,
                json.values().get("state") instanceof Json.Raw(byte[] state)
                        ? Payload.of(state)
                        : MemberProfile.NO_STATE,
                skills(json));
    }

    private static List<Skill> skills(JsonObject json) {
        List<Skill> skills = new ArrayList<>();
        for (Json item : json.items("skills")) {
            if (!(item instanceof Json.Fields(Map<String, Json> fields))) {
                throw new ProblemException(FailureCode.MALFORMED_FRAME, "skills must be an array of objects");
            }
            var skill = new JsonObject(fields, "skills.");
            skill.allowOnly(Set.of("tag", "schema"));
            skills.add(new Skill(skill.identifier("tag"), skill.textOrNull("schema")));
        }
        return skills;
    }

    /** The fields of a profile; what says nothing is left out. */
    public static JsonWriter profile(JsonWriter json, MemberProfile profile) {
        json.field("kind", profile.kind().word());
        if (profile.hasState()) {
            json.key("state").raw(profile.state().bytes());
        }
        if (!profile.skills().isEmpty()) {
            json.array(
                    "skills",
                    profile.skills(),
                    skill -> json.beginObject()
                            .field("tag", skill.tag())
                            .optional("schema", skill.schema())
                            .endObject());
        }
        return json;
    }

    static JsonWriter members(JsonWriter json, ChannelName channel, PresenceReply.Members page) {
        json.field("channel", channel.value())
                .field("version", page.version())
                .field("mode", page.counts() ? "counts" : "events")
                .field("count", page.count())
                .array("members", page.members(), member -> present(json, member));
        return page.next() == null ? json : json.field("next", page.next().cursor());
    }

    private static void present(JsonWriter json, PresenceReply.Present member) {
        json.beginObject().field("subject", member.subject()).field("entry", member.entry());
        profile(json, member.profile())
                .field("version", member.version())
                .field("since", member.since())
                .endObject();
    }

    /** A page of members as the body of an answer (clause PRS-50). */
    public static byte[] membersBody(ChannelName channel, PresenceReply.Members page) {
        JsonWriter json = new JsonWriter(TYPICAL);
        return members(json.beginObject(), channel, page).endObject().toBytes();
    }

    /** A page of members as a retained message has it (clause PRS-62). */
    public static byte[] retained(ChannelName channel, PresenceReply.Members page) {
        JsonWriter json = new JsonWriter(TYPICAL);
        return members(json.beginObject().field("event", "members"), channel, page)
                .endObject()
                .toBytes();
    }

    /** The answer to a member that was entered or has left (clause PRS-51). */
    public static byte[] changed(ChannelName channel, String entry, long version) {
        return new JsonWriter(TYPICAL)
                .beginObject()
                .field("channel", channel.value())
                .field("entry", entry)
                .field("version", version)
                .endObject()
                .toBytes();
    }

    static JsonWriter whereabouts(JsonWriter json, PresenceTold.Whereabouts told) {
        List<ChannelName> channels = told.present().stream()
                .map(PresenceReply.Place::channel)
                .distinct()
                .toList();
        json.field("subject", told.subject()).array("channels", channels, channel -> {
            json.beginObject().field("channel", channel.value());
            var entries = told.present().stream()
                    .filter(place -> place.channel().equals(channel))
                    .toList();
            json.array("entries", entries, place -> json.string(place.entry())).endObject();
        });
        return json.optional("lastSeen", told.lastSeen());
    }

    /** Where somebody is, as the body of an answer (clause PRS-52). */
    public static byte[] whereaboutsBody(PresenceTold.Whereabouts told) {
        return whereabouts(new JsonWriter(TYPICAL).beginObject(), told)
                .endObject()
                .toBytes();
    }

    /** Visits as the body of an answer (clause PRS-53). */
    public static byte[] visitsBody(ChannelName channel, PresenceReply.Visits visits) {
        JsonWriter json = new JsonWriter(TYPICAL);
        return json.beginObject()
                .field("channel", channel.value())
                .array("visits", visits.visits(), visit -> visit(json, visit))
                .endObject()
                .toBytes();
    }

    private static void visit(JsonWriter json, PresenceReply.Visit visit) {
        LeaveReason reason = visit.reason();
        json.beginObject()
                .field("subject", visit.subject())
                .field("entry", visit.entry())
                .field("kind", visit.kind().word())
                .field("entered", visit.entered())
                .optional("left", visit.left())
                .optional("reason", reason == null ? null : reason.word())
                .endObject();
    }
}
