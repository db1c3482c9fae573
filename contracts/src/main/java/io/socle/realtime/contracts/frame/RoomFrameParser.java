package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.Checks;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's frame about rooms, from its object. */
final class RoomFrameParser {
    private RoomFrameParser() {}

    /** Null where the type is none about rooms. */
    static @Nullable RoomFrame frame(String type, JsonObject json) {
        return switch (type) {
            case "join" -> join(json);
            case "signal" -> say(json);
            case "update_peer" -> {
                json.allowOnly(Set.of("type", "id", "room", "metadata"));
                yield new RoomFrame.Update(id(json), json.channel("room"), RoomJson.metadata(json));
            }
            case "leave_room" -> {
                json.allowOnly(Set.of("type", "id", "room"));
                yield new RoomFrame.Leave(id(json), json.channel("room"));
            }
            case "ice" -> {
                json.allowOnly(Set.of("type", "id", "room"));
                yield new RoomFrame.Ice(id(json), json.channel("room"));
            }
            case "ring" -> ring(json);
            case "accept" -> respond(json, CallResponse.ACCEPT);
            case "reject" -> respond(json, CallResponse.REJECT);
            case "busy" -> respond(json, CallResponse.BUSY);
            case "cancel" -> {
                json.allowOnly(Set.of("type", "id", "room", "call"));
                yield new RoomFrame.Cancel(id(json), json.channel("room"), RoomJson.number(json, "call"));
            }
            default -> null;
        };
    }

    private static RoomFrame join(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "room", "metadata", "resume"));
        JsonObject resume = json.objectOrNull("resume");
        if (resume != null) {
            resume.allowOnly(Set.of("peer", "secret", "after"));
        }
        return new RoomFrame.Join(
                id(json),
                json.channel("room"),
                RoomJson.metadata(json),
                resume == null
                        ? null
                        : new RoomFrame.Resume(
                                RoomJson.number(resume, "peer"),
                                resume.identifier("secret"),
                                resume.whole("after", 0, ClientFrame.MAX_ID)));
    }

    private static RoomFrame say(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "room", "to", "signal"));
        return new RoomFrame.Say(
                json.wholeOrNull("id", 0, ClientFrame.MAX_ID),
                json.channel("room"),
                RoomJson.number(json, "to"),
                SignalJson.sent(json.object("signal")));
    }

    private static RoomFrame ring(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "room", "callees", "timeoutMs", "metadata"));
        List<String> callees = json.texts("callees");
        if (callees.isEmpty() || callees.size() > SignalingLimits.CALLEES) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, "callees must be 1 to " + SignalingLimits.CALLEES + " subjects");
        }
        if (callees.stream().distinct().count() < callees.size()) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "callees has a subject twice");
        }
        callees.forEach(RoomFrameParser::checkSubject);
        Long timeout = json.wholeOrNull("timeoutMs", SignalingLimits.RING_LEAST_MS, SignalingLimits.RING_MOST_MS);
        return new RoomFrame.Ring(
                id(json),
                json.channel("room"),
                callees,
                timeout == null ? SignalingLimits.RING_DEFAULT_MS : timeout.intValue(),
                RoomJson.metadata(json));
    }

    /** Whoever is called is told on a channel of the subject's name. */
    private static void checkSubject(String subject) {
        try {
            Checks.identifier(subject, "callees");
            Inbox.of(subject);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "callees has what is no subject with an inbox");
        }
    }

    private static RoomFrame respond(JsonObject json, CallResponse response) {
        json.allowOnly(Set.of("type", "id", "room", "call"));
        return new RoomFrame.Respond(id(json), json.channel("room"), RoomJson.number(json, "call"), response);
    }

    private static long id(JsonObject json) {
        return json.whole("id", 0, ClientFrame.MAX_ID);
    }
}
