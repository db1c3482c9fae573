package io.socle.realtime.e2e.signaling;

import static io.socle.realtime.e2e.signaling.RoomClient.candidate;
import static io.socle.realtime.e2e.signaling.RoomClient.offer;
import static io.socle.realtime.e2e.signaling.RoomClient.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rooms by frames, through gateway and owner. */
@ExtendWith(SharedSuite.class)
class RoomsIT {
    private final Suite suite;
    private final String room = "calls/" + UUID.randomUUID();

    RoomsIT(Suite suite) {
        this.suite = suite;
    }

    private RoomClient connect(String subject) {
        return RoomClient.connect(
                suite, suite.tokens().sign(Tokens.claims(subject).signal("calls/#")), room);
    }

    @Test
    void two_peers_find_each_other_and_negotiate() { // SIG-6, SIG-8, SIG-20, SIG-21, SIG-30
        try (RoomClient alice = connect("alice");
                RoomClient bob = connect("bob")) {
            var first = alice.join();
            assertThat(first.peers()).isEmpty();
            assertThat(first.iceServers().servers()).isEmpty();
            var second = bob.join();
            assertThat(second.peers()).containsExactly(new PeerInfo(first.peer(), "alice", false, null));
            assertThat(alice.next(RoomPush.PeerJoined.class).peer())
                    .isEqualTo(new PeerInfo(second.peer(), "bob", true, null));
            assertThat(bob.said(first.peer(), offer("b")).negotiation()).isEqualTo(1);
            var offered = alice.next(RoomPush.Said.class);
            assertThat(offered.from()).isEqualTo(second.peer());
            assertThat(offered.signal()).isEqualTo(new Signal.Offer(1, sdp("b")));
            alice.said(second.peer(), new Signal.Answer(1, sdp("a")));
            assertThat(bob.next(RoomPush.Said.class).signal()).isEqualTo(new Signal.Answer(1, sdp("a")));
            for (int i = 0; i < 20; i++) {
                bob.send(new RoomFrame.Say(null, bob.room, first.peer(), candidate("b", i)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(alice.next(RoomPush.Said.class).signal()).isEqualTo(candidate("b", i));
            }
            bob.send(new RoomFrame.Leave(bob.client.nextId(), bob.room));
            bob.next(RoomPush.Done.class);
            assertThat(alice.next(RoomPush.PeerLeft.class).reason()).isEqualTo(RoomEvent.Reason.BYE);
        }
        assertThat(suite.log()).doesNotContain("203.0.113.77", "ice-ufrag"); // SIG-42
    }

    @Test
    void a_lost_connection_comes_back_as_the_same_peer_and_misses_nothing() { // SIG-10, SIG-11, SIG-12
        try (RoomClient alice = connect("alice");
                RoomClient bob = connect("bob")) {
            var first = alice.join();
            var second = bob.join();
            var told = alice.next(RoomPush.PeerJoined.class);
            alice.breakOff();
            for (int i = 0; i < 3; i++) {
                bob.said(first.peer(), offer("b" + i));
            }
            try (RoomClient back = alice.again()) {
                var resumed = back.resume(first, told.sequence());
                assertThat(resumed.peer()).isEqualTo(first.peer());
                assertThat(resumed.missed()).isFalse();
                assertThat(resumed.peers()).containsExactly(new PeerInfo(second.peer(), "bob", true, null));
                for (int i = 0; i < 3; i++) {
                    assertThat(back.next(RoomPush.Said.class).signal())
                            .isEqualTo(new Signal.Offer(i + 1, sdp("b" + i)));
                }
                try (RoomClient thief = bob.again()) {
                    thief.send(new RoomFrame.Join(
                            1, bob.room, null, new RoomFrame.Resume(first.peer(), first.secret(), 0)));
                    assertThat(thief.problem()).isEqualTo("peer_unknown");
                }
                try (RoomClient other = alice.again()) {
                    other.resume(first, 4);
                    assertThat(back.next(RoomPush.Left.class).problem().code().code())
                            .isEqualTo("taken_over");
                }
            }
        }
    }

    @Test
    void what_is_not_permitted_or_does_not_fit_is_refused() { // SIG-1, SIG-2, SIG-3, SIG-4, SIG-25, SIG-27, SIG-41
        String token = suite.tokens().sign(Tokens.claims("mallory").publish("#").subscribe("#"));
        try (RoomClient mallory = RoomClient.connect(suite, token, room);
                RoomClient alice = connect("alice");
                RoomClient elsewhere =
                        RoomClient.connect(suite, suite.tokens().everything("eve"), "calls/" + UUID.randomUUID())) {
            mallory.send(new RoomFrame.Join(1, mallory.room, null, null));
            assertThat(mallory.problem()).isEqualTo("forbidden");
            mallory.send(new RoomFrame.Join(1, new ChannelName("$calls"), null, null));
            assertThat(mallory.problem()).isEqualTo("reserved_channel");
            alice.say(1, new Signal.Restart());
            assertThat(alice.problem()).isEqualTo("not_in_room");
            long peer = alice.join().peer();
            alice.send(new RoomFrame.Join(2, alice.room, null, null));
            assertThat(alice.problem()).isEqualTo("already_in_room");
            alice.say(peer + 1, new Signal.Restart());
            assertThat(alice.problem()).isEqualTo("peer_unknown");
            elsewhere.join();
            elsewhere.say(peer, offer("x"));
            assertThat(elsewhere.problem()).isEqualTo("peer_unknown");
            elsewhere.send(new RoomFrame.Say(3L, alice.room, peer, offer("x")));
            assertThat(elsewhere.problem()).isEqualTo("not_in_room");
            String base = "{\"type\":\"signal\",\"id\":4,\"room\":\"" + room + "\",\"to\":\"1\",";
            assertThat(alice.client.problem(base + "\"from\":\"1\",\"signal\":{\"type\":\"restart\"}}"))
                    .isEqualTo("unknown_field");
            assertThat(alice.client.problem(base + "\"signal\":{\"type\":\"offer\",\"sdp\":\"no\"}}"))
                    .isEqualTo("invalid_value");
            try (RoomClient bob = connect("bob")) {
                bob.join();
                bob.say(peer, new Signal.Answer(1, sdp("b")));
                assertThat(bob.problem()).isEqualTo("unexpected_signal");
            }
        }
    }

    @Test
    void a_room_is_full_and_a_connection_has_so_many() { // SIG-4, SIG-5
        List<RoomClient> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                RoomClient peer = connect("peer-" + i);
                peers.add(peer);
                assertThat(peer.join().peers()).hasSize(i);
            }
            try (RoomClient late = connect("late")) {
                late.send(new RoomFrame.Join(1, late.room, null, null));
                assertThat(late.problem()).isEqualTo("room_full");
                for (int i = 0; i < 16; i++) {
                    late.send(new RoomFrame.Join(i, new ChannelName(room + "/" + i), null, null));
                    late.next(RoomPush.Joined.class);
                }
                late.send(new RoomFrame.Join(1, new ChannelName(room + "/one-more"), null, null));
                assertThat(late.problem()).isEqualTo("too_many_rooms");
            }
        } finally {
            peers.forEach(RoomClient::close);
        }
    }

    @Test
    void a_peer_says_so_much_in_a_second() { // SIG-40
        try (RoomClient alice = connect("alice");
                RoomClient bob = connect("bob")) {
            long first = alice.join().peer();
            bob.join();
            // So many that also a slow machine sends more than is taken within a second.
            for (int i = 0; i < 4_000; i++) {
                bob.send(new RoomFrame.Say(null, bob.room, first, offer("b")));
            }
            var refused = bob.client.next(ServerFrame.ProblemFrame.class).problem();
            assertThat(refused.code().code()).isIn("rate_limited", "too_many_in_flight");
            assertThat(refused.retryable()).isTrue();
        }
    }

    @Test
    void metadata_and_servers_are_told_on_request() { // SIG-7, SIG-32
        try (RoomClient alice = connect("alice");
                RoomClient bob = connect("bob")) {
            long peer = alice.join().peer();
            bob.join();
            alice.next(RoomPush.PeerJoined.class);
            Metadata muted = new Metadata("{\"muted\": true}");
            alice.send(new RoomFrame.Update(1, alice.room, muted));
            alice.next(RoomPush.Done.class);
            assertThat(bob.next(RoomPush.PeerUpdated.class))
                    .isEqualTo(new RoomPush.PeerUpdated(bob.room, 1, peer, muted));
            alice.send(new RoomFrame.Ice(2, alice.room));
            assertThat(alice.next(RoomPush.Ice.class).iceServers().servers()).isEmpty();
        }
    }

    @Test
    void a_call_rings_on_all_devices_and_one_answer_stops_the_others() { // SIG-50, SIG-51, SIG-52, SIG-53, SIG-56
        String callee = "bob-" + UUID.randomUUID();
        String plain = suite.tokens().sign(Tokens.claims(callee));
        try (RoomClient alice = connect("alice");
                RoomClient phone = RoomClient.connect(suite, plain, room);
                RoomClient desk = RoomClient.connect(suite, plain, room);
                WsClient other = WsClient.connect(suite, suite.tokens().everything("mallory"))) {
            other.send(subscribe(callee));
            assertThat(other.next(ServerFrame.ProblemFrame.class)
                            .problem()
                            .code()
                            .code())
                    .isEqualTo("reserved_channel");
            for (RoomClient device : List.of(phone, desk)) {
                device.client.send(subscribe(callee));
                device.client.next(ServerFrame.Subscribed.class);
            }
            alice.join();
            alice.send(new RoomFrame.Ring(1, alice.room, List.of(callee), 60_000, null));
            long call = alice.next(RoomPush.Ringing.class).call();
            for (RoomClient device : List.of(phone, desk)) {
                assertThat(message(device).type()).isEqualTo("call.ringing");
            }
            phone.send(new RoomFrame.Respond(2, phone.room, call, CallResponse.ACCEPT));
            phone.next(RoomPush.Done.class);
            desk.send(new RoomFrame.Respond(2, desk.room, call, CallResponse.REJECT));
            assertThat(desk.problem()).isEqualTo("call_answered");
            assertThat(alice.next(RoomPush.Call.class).state()).isEqualTo(CallState.ACCEPTED);
            phone.join();
            assertThat(alice.next(RoomPush.PeerJoined.class).peer().subject()).isEqualTo(callee);
        }
    }

    private static ClientFrame subscribe(String subject) {
        return new ClientFrame.Subscribe(
                9,
                "inbox",
                new Selection.OneChannel(new ChannelName("$inbox/" + subject)),
                new Since.Last(1),
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                null);
    }

    private static RealtimeMessage message(RoomClient device) {
        ServerFrame frame = device.client.next();
        while (frame instanceof ServerFrame.CaughtUp) {
            frame = device.client.next();
        }
        return ((ServerFrame.Message) frame).message();
    }
}
