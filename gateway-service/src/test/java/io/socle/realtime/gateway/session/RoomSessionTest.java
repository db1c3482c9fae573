package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rooms as one connection sees them: two at most, three signals a second. */
class RoomSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChannelName ROOM = new ChannelName("calls/1");
    private static final SessionLimits LIMITS =
            new SessionLimits(1000, 100, 2, 20, 2, 3, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final Session session = open("calls/#");

    private static Principal principal(String... signal) {
        List<ChannelFilter> filters =
                List.of(signal).stream().map(ChannelFilter::new).toList();
        return new Principal(
                "alice",
                new Capabilities(List.of(), List.of(), List.of(), List.of(), List.of(), filters, List.of()),
                NOW.plusSeconds(60));
    }

    private static Session open(String... signal) {
        Session session = new Session("c", LIMITS, principal(signal), NOW);
        session.receive(new ClientFrame.Connect(1, null), "m", NOW);
        return session;
    }

    private List<Effect> receive(RoomFrame frame) {
        return receive(session, frame, NOW);
    }

    private static List<Effect> receive(Session session, RoomFrame frame, Instant now) {
        return session.receive(new ClientFrame.InRoom(frame), "m", now);
    }

    private static RoomFrame.Join join(String room) {
        return new RoomFrame.Join(2, new ChannelName(room), null, null);
    }

    private static RoomFrame.Say say() {
        return new RoomFrame.Say(3L, ROOM, 7, new Signal.Restart());
    }

    private void joined(RoomFrame.Join frame) {
        assertThat(receive(frame)).containsExactly(new Effect.AskRoom(frame, "alice", true));
        var reply = new Reply.RoomJoined(
                9, 4, false, List.of(), new IceServers(List.of(), null), new RoomTerms(16, 8, false));
        session.roomAnswered(frame, reply, null);
    }

    private static void assertProblem(List<Effect> effects, FailureCode code) {
        assertThat(effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Send.class,
                        send -> assertThat(send.frame())
                                .isInstanceOfSatisfying(
                                        ServerFrame.ProblemFrame.class,
                                        problem -> assertThat(problem.problem().code())
                                                .isEqualTo(code)));
    }

    private @Nullable RoomPush told(long peer, long sequence, RoomEvent event) {
        List<Effect> effects = session.roomTold(new Delivery.ToPeer("c", ROOM, peer, sequence, event));
        return effects.isEmpty() ? null : ((ServerFrame.InRoom) ((Effect.Send) effects.getFirst()).frame()).push();
    }

    @Test
    void whether_the_token_covers_a_room_goes_to_its_owner() { // SIG-1, SIG-2, SIG-56
        var other = new RoomFrame.Join(2, new ChannelName("other"), null, null);
        assertThat(receive(other)).containsExactly(new Effect.AskRoom(other, "alice", false));
        session.roomAnswered(other, new Reply.Refused(Problem.of(FailureCode.FORBIDDEN)), null);
        assertThat(session.rooms()).isEmpty();
        assertProblem(receive(join("$calls")), FailureCode.RESERVED_CHANNEL);
    }

    @Test
    void a_connection_is_in_a_room_once_and_in_so_many() { // SIG-4
        joined(join("calls/1"));
        assertProblem(receive(join("calls/1")), FailureCode.ALREADY_IN_ROOM);
        joined(join("calls/2"));
        assertProblem(receive(join("calls/3")), FailureCode.TOO_MANY_ROOMS);
        var leave = new RoomFrame.Leave(5, ROOM);
        assertThat(receive(leave)).hasSize(1);
        assertThat(session.rooms()).containsExactly(new ChannelName("calls/2"));
        joined(join("calls/3"));
    }

    @Test
    void who_is_not_in_it_says_nothing_there_but_may_answer_a_call() { // SIG-4, SIG-53
        assertProblem(receive(say()), FailureCode.NOT_IN_ROOM);
        assertThat(receive(join("calls/1"))).hasSize(1);
        assertProblem(receive(say()), FailureCode.NOT_IN_ROOM);
        var accept = new RoomFrame.Respond(4, new ChannelName("calls/9"), 1, CallResponse.ACCEPT);
        assertThat(receive(accept)).containsExactly(new Effect.AskRoom(accept, "alice", true));
    }

    @Test
    void a_peer_says_so_much_in_a_second() { // SIG-40
        joined(join("calls/1"));
        for (int i = 0; i < LIMITS.signalsPerSecond(); i++) {
            assertThat(receive(say())).containsExactly(new Effect.AskRoom(say(), "alice", true));
        }
        assertProblem(receive(say()), FailureCode.RATE_LIMITED);
        assertProblem(receive(session, say(), NOW.plusMillis(333)), FailureCode.RATE_LIMITED);
        assertThat(receive(session, say(), NOW.plusMillis(334)).getFirst()).isInstanceOf(Effect.AskRoom.class);
        assertProblem(receive(session, say(), NOW.plusMillis(334)), FailureCode.RATE_LIMITED);
    }

    @Test
    void what_comes_again_or_is_of_another_membership_is_dropped() { // SIG-8, SIG-24
        joined(join("calls/1"));
        var left = new RoomEvent.Left(7, RoomEvent.Reason.BYE);
        assertThat(told(9, 4, left)).isNull();
        assertThat(told(9, 5, left)).isEqualTo(new RoomPush.PeerLeft(ROOM, 5, 7, RoomEvent.Reason.BYE));
        assertThat(told(9, 5, left)).isNull();
        assertThat(told(8, 6, left)).isNull();
        var problem = Problem.of(FailureCode.TAKEN_OVER);
        assertThat(told(9, 0, new RoomEvent.Ended(problem))).isEqualTo(new RoomPush.Left(ROOM, problem));
        assertThat(session.rooms()).isEmpty();
        assertThat(told(9, 6, left)).isNull();
    }

    @Test
    void a_token_that_no_longer_covers_a_room_ends_it() { // SIG-2
        joined(join("calls/1"));
        joined(join("calls/2"));
        assertThat(session.verified(8, principal("calls/2"), NOW))
                .contains(
                        new Effect.LeaveRoom(ROOM, false),
                        new Effect.Send(
                                new ServerFrame.InRoom(new RoomPush.Left(ROOM, Problem.of(FailureCode.FORBIDDEN)))));
        assertThat(session.rooms()).containsExactly(new ChannelName("calls/2"));
    }

    @Test
    void what_may_be_lost_is_told_and_the_place_kept() { // SIG-15
        joined(join("calls/1"));
        assertThat(receive(join("calls/2"))).hasSize(1);
        assertThat(session.roomsInterrupted())
                .containsExactly(
                        new Effect.LeaveRoom(ROOM, true),
                        new Effect.Send(
                                new ServerFrame.InRoom(new RoomPush.Left(ROOM, Problem.of(FailureCode.UNAVAILABLE)))));
        assertThat(session.rooms()).containsExactly(new ChannelName("calls/2"));
    }

    @Test
    void an_inbox_is_its_subjects_alone() { // SIG-52
        assertThat(session.receive(subscribe("$inbox/alice"), "m", NOW).getFirst())
                .isInstanceOf(Effect.OpenSubscription.class);
        assertProblem(session.receive(subscribe("$inbox/bob"), "m", NOW), FailureCode.RESERVED_CHANNEL);
        assertProblem(session.receive(subscribe("$inbox/alice/x"), "m", NOW), FailureCode.RESERVED_CHANNEL);
        assertThat(session.verified(8, principal(), NOW)).hasSize(1);
    }

    private static ClientFrame subscribe(String channel) {
        return new ClientFrame.Subscribe(
                2,
                channel.replace('$', 's').replace('/', '-'),
                new Selection.OneChannel(new ChannelName(channel)),
                null,
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                null);
    }
}
