package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One example or more of everything that is logged about rooms, by the name of its golden file. */
final class GoldenRoomRecords {
    private static final ChannelName ROOM = new ChannelName("calls/1");
    private static final String CONNECTION = "g0-17";
    private static final Metadata METADATA = new Metadata("{\"muted\":true}");
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00Z");
    private static final IceServers SERVERS = new IceServers(
            List.of(new IceServers.Server(
                    List.of("turn:t.example.org"), new IceServers.Credential("1767269100:alice@calls/1", "p"))),
            TIME);

    private GoldenRoomRecords() {}

    static Map<String, Command> commands() {
        Map<String, Command> kinds = new LinkedHashMap<>();
        put(
                kinds,
                "join",
                new RoomAction.Join(CONNECTION, "alice", "9f86d0", true, METADATA, new RoomAction.Resume(31, 12)));
        put(kinds, "say-offer", say(new Signal.Offer(0, "v=0")));
        put(kinds, "say-answer", say(new Signal.Answer(3, "v=0")));
        put(kinds, "say-rollback", say(new Signal.Rollback(0)));
        put(kinds, "say-candidate", say(new Signal.Candidate(new IceCandidate("candidate:1", "0", 1, "k2Fp"))));
        put(kinds, "say-end", say(new Signal.EndOfCandidates("k2Fp")));
        put(kinds, "say-restart", say(new Signal.Restart()));
        put(kinds, "update", new RoomAction.Update(CONNECTION, METADATA));
        put(kinds, "leave", new RoomAction.Leave(CONNECTION));
        put(kinds, "lost", new RoomAction.Lost(CONNECTION));
        put(kinds, "servers", new RoomAction.Servers(CONNECTION));
        put(kinds, "ring", new RoomAction.Ring(CONNECTION, List.of("bob"), 30_000, METADATA));
        put(kinds, "respond", new RoomAction.Respond(CONNECTION, "bob", 59, CallResponse.BUSY));
        put(kinds, "cancel", new RoomAction.Cancel(CONNECTION, 59));
        return kinds;
    }

    private static RoomAction say(Signal signal) {
        return new RoomAction.Say(CONNECTION, 42, signal);
    }

    private static void put(Map<String, Command> kinds, String name, RoomAction action) {
        kinds.put("room-" + name, new Command.InRoom(ROOM, action));
    }

    static Map<String, Delivery.Content> contents() {
        Map<String, Delivery.Content> kinds = new LinkedHashMap<>();
        PeerInfo bob = new PeerInfo(42, "bob", true, METADATA);
        kinds.put(
                "room-joined",
                answer(new Reply.RoomJoined(31, 12, true, List.of(bob), SERVERS, new RoomTerms(16, 8, true))));
        kinds.put("room-signaled", answer(new Reply.Signaled(3L, Signal.Ignored.GLARE)));
        kinds.put("room-servers", answer(new Reply.Servers(SERVERS)));
        kinds.put("room-ringing", answer(new Reply.Ringing(59, TIME)));
        kinds.put("peer-said", told(new RoomEvent.Said(31, new Signal.Offer(3, "v=0"))));
        kinds.put("peer-joined", told(new RoomEvent.Joined(bob)));
        kinds.put("peer-updated", told(new RoomEvent.Updated(31, METADATA)));
        kinds.put("peer-left", told(new RoomEvent.Left(31, RoomEvent.Reason.LOST)));
        kinds.put("peer-ended", told(new RoomEvent.Ended(Problem.of(FailureCode.TAKEN_OVER))));
        kinds.put("peer-call", told(new RoomEvent.Call(59, "bob", CallState.TIMEOUT)));
        return kinds;
    }

    private static Delivery.Content told(RoomEvent event) {
        return new Delivery.ToPeer(CONNECTION, ROOM, 42, 13, event);
    }

    private static Delivery.Content answer(Reply reply) {
        return new Delivery.Answer(77, reply);
    }
}
