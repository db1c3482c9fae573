package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One example or more of every frame about rooms, by the name of its golden file. */
final class GoldenRoomFrames {
    private static final ChannelName ROOM = new ChannelName("calls/1");
    private static final Metadata METADATA = new Metadata("{\"name\": \"Al\", \"muted\": false}");
    private static final String SDP =
            "v=0\r\no=- 46117 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                    + "a=ice-ufrag:k2Fp\r\n";
    private static final Signal CANDIDATE = new Signal.Candidate(new IceCandidate(
            "candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 0.0.0.0 rport 0", "0", 0, "k2Fp"));
    private static final IceServers SERVERS = new IceServers(
            List.of(
                    new IceServers.Server(List.of("stun:stun.example.org:3478"), null),
                    new IceServers.Server(
                            List.of("turn:turn.example.org:3478?transport=udp"),
                            new IceServers.Credential("1767269100:alice@calls/1", "c2VjcmV0"))),
            GoldenFrames.TIME);

    private GoldenRoomFrames() {}

    static Map<String, RoomFrame> client() {
        Map<String, RoomFrame> frames = new LinkedHashMap<>();
        frames.put("join", new RoomFrame.Join(1, ROOM, METADATA, null));
        frames.put("join-resume", new RoomFrame.Join(1, ROOM, null, new RoomFrame.Resume(0x1f, "c2VjcmV0", 12)));
        frames.put("signal-offer", new RoomFrame.Say(2L, ROOM, 0x2a, new Signal.Offer(0, SDP)));
        frames.put("signal-answer", new RoomFrame.Say(2L, ROOM, 0x2a, new Signal.Answer(3, SDP)));
        frames.put("signal-rollback", new RoomFrame.Say(2L, ROOM, 0x2a, new Signal.Rollback(0)));
        frames.put("signal-candidate", new RoomFrame.Say(null, ROOM, 0x2a, CANDIDATE));
        frames.put("signal-end", new RoomFrame.Say(null, ROOM, 0x2a, new Signal.EndOfCandidates("k2Fp")));
        frames.put("signal-restart", new RoomFrame.Say(2L, ROOM, 0x2a, new Signal.Restart()));
        frames.put("update_peer", new RoomFrame.Update(3, ROOM, METADATA));
        frames.put("leave_room", new RoomFrame.Leave(4, ROOM));
        frames.put("ice", new RoomFrame.Ice(5, ROOM));
        frames.put("ring", new RoomFrame.Ring(6, ROOM, List.of("bob", "carol"), 20_000, METADATA));
        frames.put("ring-default", new RoomFrame.Ring(6, ROOM, List.of("bob"), SignalingLimits.RING_DEFAULT_MS, null));
        for (CallResponse response : CallResponse.values()) {
            frames.put(response.word(), new RoomFrame.Respond(7, ROOM, 0x3b, response));
        }
        frames.put("cancel", new RoomFrame.Cancel(8, ROOM, 0x3b));
        return frames;
    }

    static Map<String, RoomPush> server() {
        Map<String, RoomPush> frames = new LinkedHashMap<>();
        PeerInfo bob = new PeerInfo(0x1f, "bob", false, METADATA);
        frames.put(
                "joined",
                new RoomPush.Joined(
                        1, ROOM, 0x2a, "c2VjcmV0", 0, false, List.of(bob), SERVERS, new RoomTerms(16, 8, true), 300));
        frames.put(
                "joined-missed",
                new RoomPush.Joined(
                        1,
                        ROOM,
                        0x2a,
                        "c2VjcmV0",
                        12,
                        true,
                        List.of(bob),
                        new IceServers(List.of(), null),
                        new RoomTerms(16, 1, false),
                        300));
        frames.put("signaled", new RoomPush.Signaled(2, 3L, null));
        frames.put("signaled-ignored", new RoomPush.Signaled(2, null, Signal.Ignored.STALE));
        frames.put("ice_servers", new RoomPush.Ice(5, ROOM, SERVERS));
        frames.put("ringing", new RoomPush.Ringing(6, ROOM, 0x3b, GoldenFrames.TIME));
        frames.put("room_done", new RoomPush.Done(4));
        frames.put("signal", new RoomPush.Said(ROOM, 13, 0x1f, new Signal.Offer(3, SDP)));
        frames.put("signal-candidate", new RoomPush.Said(ROOM, 14, 0x1f, CANDIDATE));
        frames.put("signal-rollback", new RoomPush.Said(ROOM, 15, 0x1f, new Signal.Rollback(3)));
        frames.put("peer_joined", new RoomPush.PeerJoined(ROOM, 16, new PeerInfo(0x2b, "carol", true, null)));
        frames.put("peer_updated", new RoomPush.PeerUpdated(ROOM, 17, 0x2b, METADATA));
        frames.put("peer_left", new RoomPush.PeerLeft(ROOM, 18, 0x2b, RoomEvent.Reason.LOST));
        frames.put("room_left", new RoomPush.Left(ROOM, Problem.of(FailureCode.TAKEN_OVER)));
        frames.put("call", new RoomPush.Call(ROOM, 19, 0x3b, "bob", CallState.ACCEPTED));
        return frames;
    }
}
