package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.signaling.Candidates;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.Sdp;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link Signal} in JSON; no problem's detail ever quotes a description or a candidate (clause SIG-42). */
final class SignalJson {
    private SignalJson() {}

    /** As a peer sends it: fields that its type does not define are refused, and so is an offer's number, which the owner gives. */
    static Signal sent(JsonObject json) {
        String type = json.text("type");
        json.allowOnly(
                switch (type) {
                    case "offer" -> Set.of("type", "sdp");
                    case "answer" -> Set.of("type", "sdp", "negotiation");
                    case "candidate" -> Set.of("type", "candidate");
                    case "end_of_candidates" -> Set.of("type", "usernameFragment");
                    default -> Set.of("type");
                });
        JsonObject candidate = json.objectOrNull("candidate");
        if (candidate != null) {
            candidate.allowOnly(Set.of("candidate", "sdpMid", "sdpMLineIndex", "usernameFragment"));
        }
        return read(type, json);
    }

    /** As the server sends it. */
    static Signal told(JsonObject json) {
        return read(json.text("type"), json);
    }

    private static Signal read(String type, JsonObject json) {
        return switch (type) {
            case "offer" -> new Signal.Offer(negotiation(json), checked(json, "sdp", Sdp::checked));
            case "answer" ->
                new Signal.Answer(json.whole("negotiation", 1, ClientFrame.MAX_ID), checked(json, "sdp", Sdp::checked));
            case "rollback" -> new Signal.Rollback(negotiation(json));
            case "candidate" -> candidate(json.object("candidate"));
            case "end_of_candidates" -> new Signal.EndOfCandidates(fragment(json));
            case "restart" -> new Signal.Restart();
            default ->
                throw new ProblemException(FailureCode.INVALID_VALUE, "no signal has type " + JsonReader.quoted(type));
        };
    }

    private static long negotiation(JsonObject json) {
        Long negotiation = json.wholeOrNull("negotiation", 1, ClientFrame.MAX_ID);
        return negotiation == null ? 0 : negotiation;
    }

    /** A browser's last candidate is an empty one. */
    private static Signal candidate(JsonObject json) {
        String fragment = fragment(json);
        if (json.text("candidate").isEmpty()) {
            return new Signal.EndOfCandidates(fragment);
        }
        String mid = isAbsent(json, "sdpMid") ? null : json.text("sdpMid");
        Long line = isAbsent(json, "sdpMLineIndex") ? null : json.whole("sdpMLineIndex", 0, SignalingLimits.SDP_MEDIA);
        String checked = checked(json, "candidate", Candidates::checked);
        return new Signal.Candidate(new IceCandidate(
                checked,
                mid == null ? null : Rules.visible(json.path() + "sdpMid", mid, SignalingLimits.FRAGMENT_CHARACTERS),
                line == null ? null : line.intValue(),
                fragment));
    }

    private static @Nullable String fragment(JsonObject json) {
        String name = "usernameFragment";
        return isAbsent(json, name)
                ? null
                : Rules.visible(json.path() + name, json.text(name), SignalingLimits.FRAGMENT_CHARACTERS);
    }

    /** RTCIceCandidate.toJSON() writes null for what is absent. */
    private static boolean isAbsent(JsonObject json, String name) {
        Json value = json.values().get(name);
        return value == null || value instanceof Json.Null;
    }

    private static String checked(JsonObject json, String name, BinaryOperator<String> check) {
        try {
            return check.apply(json.path() + name, json.text(name));
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    static void write(JsonWriter json, Signal signal) {
        json.key("signal").beginObject().field("type", signal.word());
        switch (signal) {
            case Signal.Offer(long negotiation, String sdp) ->
                negotiation(json, negotiation).field("sdp", sdp);
            case Signal.Answer(long negotiation, String sdp) ->
                negotiation(json, negotiation).field("sdp", sdp);
            case Signal.Rollback(long negotiation) -> negotiation(json, negotiation);
            case Signal.Candidate(IceCandidate candidate) -> write(json, candidate);
            case Signal.EndOfCandidates(String fragment) -> json.optional("usernameFragment", fragment);
            case Signal.Restart restart -> {}
        }
        json.endObject();
    }

    private static JsonWriter negotiation(JsonWriter json, long negotiation) {
        return negotiation == 0 ? json : json.field("negotiation", negotiation);
    }

    private static void write(JsonWriter json, IceCandidate candidate) {
        json.key("candidate")
                .beginObject()
                .field("candidate", candidate.candidate())
                .optional("sdpMid", candidate.sdpMid())
                .optional("sdpMLineIndex", candidate.sdpMLineIndex())
                .optional("usernameFragment", candidate.usernameFragment())
                .endObject();
    }
}
