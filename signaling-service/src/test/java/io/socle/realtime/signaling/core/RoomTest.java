package io.socle.realtime.signaling.core;

import static io.socle.realtime.signaling.core.RoomFixture.GRACE;
import static io.socle.realtime.signaling.core.RoomFixture.ROOM;
import static io.socle.realtime.signaling.core.RoomFixture.assertRefused;
import static io.socle.realtime.signaling.core.RoomFixture.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final Duration TICK = Duration.ofMillis(1);

    private final RoomFixture room = new RoomFixture();

    private static Signal offer(String fragment) {
        return new Signal.Offer(0, sdp(fragment));
    }

    @Test
    void peers_are_told_of_each_other_and_who_came_first_is_polite() { // SIG-3, SIG-6, SIG-20
        var first = (Reply.RoomJoined) room.join("1/a", "alice");
        assertThat(first.peers()).isEmpty();
        assertThat(first.terms()).isEqualTo(new RoomTerms(3, 2, false));
        var second = (Reply.RoomJoined) room.join("2/b", "bob");
        assertThat(second.peers()).containsExactly(new PeerInfo(first.peer(), "alice", false, null));
        assertThat(room.tells("1/a"))
                .containsExactly(new Delivery.ToPeer(
                        "1/a",
                        ROOM,
                        first.peer(),
                        1,
                        new RoomEvent.Joined(new PeerInfo(second.peer(), "bob", true, null))));
        room.ask(new RoomAction.Leave("1/a"));
        assertThat(room.told("2/b")).containsExactly(new RoomEvent.Left(first.peer(), RoomEvent.Reason.BYE));
        assertThat(room.joined("1/a", "alice")).isGreaterThan(second.peer());
    }

    @Test
    void a_connection_is_in_a_room_once_and_rooms_have_limits() { // SIG-4, SIG-5
        room.joined("1/a", "alice");
        assertRefused(room.join("1/a", "alice"), FailureCode.ALREADY_IN_ROOM);
        room.joined("1/b", "alice");
        room.joined("1/c", "carol");
        assertRefused(room.join("1/d", "dave"), FailureCode.ROOM_FULL);
        room.ask(new RoomAction.Leave("1/b"));
        room.joined("1/d", "dave");
        var join = new RoomAction.Join("1/a", "alice", "s", true, null, null);
        ChannelName second = new ChannelName("calls/2");
        ChannelName third = new ChannelName("calls/3");
        assertThat(room.ask(second, join)).isInstanceOf(Reply.RoomJoined.class);
        assertRefused(room.ask(third, join), FailureCode.TOO_MANY_ROOMS);
        assertThat(room.ask(second, new RoomAction.Join("1/b", "bob", "s", true, null, null)))
                .as("a room that is there")
                .isInstanceOf(Reply.RoomJoined.class);
        room.ask(second, new RoomAction.Leave("1/b"));
        room.ask(second, new RoomAction.Leave("1/a"));
        assertThat(room.ask(third, join)).isInstanceOf(Reply.RoomJoined.class);
    }

    @Test
    void what_becomes_of_a_signal_is_answered() { // SIG-24, SIG-25
        room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        assertRefused(room.say("1/a", bob, new Signal.Answer(1, sdp("x"))), FailureCode.UNEXPECTED_SIGNAL);
        room.say("1/a", bob, offer("x"));
        assertThat(room.say("1/a", bob, new Signal.EndOfCandidates("y")))
                .isEqualTo(new Reply.Signaled(null, Signal.Ignored.STALE));
        assertThat(room.told("2/b")).isEmpty();
        assertThat(room.say("1/a", bob, new Signal.EndOfCandidates("x"))).isEqualTo(new Reply.Signaled(null, null));
    }

    @Test
    void servers_are_told_to_peers_only() { // SIG-30, SIG-33
        room.joined("1/a", "alice");
        assertThat(room.ask(new RoomAction.Servers("1/a")))
                .isEqualTo(new Reply.Servers(new IceServers(List.of(), null)));
        assertRefused(room.ask(new RoomAction.Servers("1/b")), FailureCode.NOT_IN_ROOM);
    }

    @Test
    void nobody_joins_who_is_neither_permitted_nor_called() { // SIG-2
        assertRefused(room.ask(new RoomAction.Join("1/a", "alice", "s", false, null, null)), FailureCode.FORBIDDEN);
        assertThat(room.tables.room(ROOM)).isNull();
    }

    @Test
    void a_signal_reaches_the_peer_that_it_names_and_nobody_else() { // SIG-27, SIG-3
        long alice = room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        room.joined("2/c", "carol");
        assertThat(room.say("1/a", bob, offer("x"))).isEqualTo(new Reply.Signaled(1L, null));
        assertThat(room.tells("2/b"))
                .containsExactly(new Delivery.ToPeer(
                        "2/b", ROOM, bob, 2, new RoomEvent.Said(alice, new Signal.Offer(1, sdp("x")))));
        assertThat(room.effects).hasSize(2);
        assertRefused(room.say("1/a", alice, offer("x")), FailureCode.PEER_UNKNOWN);
        assertRefused(room.say("1/a", 999, offer("x")), FailureCode.PEER_UNKNOWN);
        assertRefused(room.say("1/z", bob, offer("x")), FailureCode.NOT_IN_ROOM);
        // The same name of a connection at another node is another connection.
        room.apply(new Origin(2, 10, 1), new Command.InRoom(ROOM, new RoomAction.Say("1/a", bob, offer("x"))));
        assertRefused(room.answer(), FailureCode.NOT_IN_ROOM);
        ChannelName other = new ChannelName("calls/2");
        room.ask(other, new RoomAction.Join("1/a", "alice", "s", true, null, null));
        assertRefused(room.ask(other, new RoomAction.Say("1/a", bob, offer("x"))), FailureCode.PEER_UNKNOWN);
    }

    @Test
    void metadata_is_told_where_it_changes() { // SIG-7
        long alice = room.joined("1/a", "alice");
        room.joined("2/b", "bob");
        Metadata muted = new Metadata("{\"muted\":true}");
        room.ask(new RoomAction.Update("1/a", muted));
        assertThat(room.told("2/b")).containsExactly(new RoomEvent.Updated(alice, muted));
        assertThat(room.told("1/a")).isEmpty();
        room.ask(new RoomAction.Update("1/a", muted));
        assertThat(room.told("2/b")).isEmpty();
        assertThat(((Reply.RoomJoined) room.join("2/c", "carol")).peers())
                .contains(new PeerInfo(alice, "alice", false, muted));
    }

    @Test
    void who_comes_back_with_other_metadata_is_told_of() { // SIG-7, SIG-10
        long alice = room.joined("1/a", "alice");
        room.joined("2/b", "bob");
        Metadata muted = new Metadata("{\"muted\":true}");
        var back =
                new RoomAction.Join("1/a2", "alice", "secret of alice", true, muted, new RoomAction.Resume(alice, 1));
        room.ask(back);
        assertThat(room.told("2/b")).containsExactly(new RoomEvent.Updated(alice, muted));
        room.ask(new RoomAction.Lost("1/a2"));
        room.ask(back);
        assertThat(room.told("2/b")).isEmpty();
    }

    @Test
    void who_comes_back_in_time_has_what_was_said_meanwhile_and_nobody_else_noticed() { // SIG-10, SIG-11
        long alice = room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        room.say("1/a", bob, offer("x"));
        room.ask(new RoomAction.Lost("2/b"));
        assertThat(room.told("1/a")).isEmpty();
        room.say("1/a", bob, new Signal.EndOfCandidates("x"));
        assertThat(room.told("2/b")).isEmpty();
        room.pass(GRACE.minus(TICK));
        var back = (Reply.RoomJoined) room.resume("3/b", "bob", bob, 1);
        assertThat(back.peer()).isEqualTo(bob);
        assertThat(back.missed()).isFalse();
        assertThat(room.tables.keptSignals()).isEqualTo(1);
        assertThat(back.peers()).containsExactly(new PeerInfo(alice, "alice", false, null));
        assertThat(room.tells("3/b"))
                .containsExactly(new Delivery.ToPeer(
                        "3/b", ROOM, bob, 2, new RoomEvent.Said(alice, new Signal.EndOfCandidates("x"))));
        room.pass(GRACE.plus(TICK));
        assertThat(room.effects).isEmpty();
    }

    @Test
    void who_does_not_come_back_in_time_has_left() { // SIG-13, SIG-10
        long alice = room.joined("1/a", "alice");
        room.joined("2/b", "bob");
        room.ask(new RoomAction.Lost("1/a"));
        room.pass(GRACE.minus(TICK));
        assertThat(room.effects).isEmpty();
        room.pass(TICK);
        assertThat(room.told("2/b")).containsExactly(new RoomEvent.Left(alice, RoomEvent.Reason.LOST));
        assertRefused(room.resume("1/a", "alice", alice, 0), FailureCode.PEER_UNKNOWN);
    }

    @Test
    void time_is_up_for_any_command_and_never_goes_back() { // SIG-13
        long alice = room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        room.now += 1_000;
        room.ask(new RoomAction.Lost("1/a"));
        assertThat(room.partition.next()).hasValue(room.now + GRACE.toMillis());
        room.now -= 1_000;
        room.ask(new RoomAction.Lost("2/b"));
        assertThat(room.partition.next()).hasValue(room.now + 1_000 + GRACE.toMillis());
        room.now += 1_000 + GRACE.toMillis() - 1;
        assertThat(room.resume("2/b", "bob", bob, 0)).isInstanceOf(Reply.RoomJoined.class);
        room.now += 1;
        assertRefused(room.resume("1/a", "alice", alice, 0), FailureCode.PEER_UNKNOWN);
    }

    @Test
    void only_the_same_subject_with_its_secret_comes_back() { // SIG-10
        long alice = room.joined("1/a", "alice");
        room.ask(new RoomAction.Lost("1/a"));
        assertRefused(room.resume("1/b", "bob", alice, 0), FailureCode.PEER_UNKNOWN);
        assertRefused(
                room.ask(new RoomAction.Join("1/b", "alice", "guess", true, null, new RoomAction.Resume(alice, 0))),
                FailureCode.PEER_UNKNOWN);
        assertRefused(room.resume("1/b", "alice", alice, 1), FailureCode.INVALID_VALUE);
        assertThat(room.resume("1/b", "alice", alice, 0)).isInstanceOf(Reply.RoomJoined.class);
    }

    @Test
    void coming_back_takes_over() { // SIG-12
        long alice = room.joined("1/a", "alice");
        room.resume("2/a2", "alice", alice, 0);
        assertThat(room.told("1/a")).containsExactly(new RoomEvent.Ended(Problem.of(FailureCode.TAKEN_OVER)));
        assertRefused(room.ask(new RoomAction.Update("1/a", null)), FailureCode.NOT_IN_ROOM);
        room.ask(new RoomAction.Lost("1/a"));
        assertThat(room.ask(new RoomAction.Update("2/a2", null))).isEqualTo(new Reply.Done());
    }

    @Test
    void so_much_is_kept_and_what_is_missing_is_told() { // SIG-11
        long alice = room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        room.say("1/a", bob, offer("x"));
        for (int i = 1; i < SignalingLimits.KEPT_SIGNALS; i++) {
            room.say("1/a", bob, new Signal.EndOfCandidates("x"));
        }
        assertThat(room.tables.keptSignals()).isEqualTo(SignalingLimits.KEPT_SIGNALS);
        room.ask(new RoomAction.Lost("2/b"));
        assertThat(((Reply.RoomJoined) room.resume("2/b2", "bob", bob, 0)).missed())
                .isFalse();
        assertThat(room.told("2/b2")).hasSize(SignalingLimits.KEPT_SIGNALS);
        room.say("1/a", bob, new Signal.EndOfCandidates("x"));
        assertThat(room.tables.keptSignals()).isEqualTo(SignalingLimits.KEPT_SIGNALS);
        assertThat(((Reply.RoomJoined) room.resume("2/b3", "bob", bob, 0)).missed())
                .isTrue();
        assertThat(((Reply.RoomJoined) room.resume("2/b4", "bob", bob, 1)).missed())
                .isFalse();
        room.ask(new RoomAction.Leave("2/b4"));
        assertThat(room.tables.keptSignals()).isZero();
        assertThat(alice).isPositive();
    }

    @Test
    void long_signals_are_kept_up_to_a_size() { // SIG-11
        room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        String begin = sdp("x") + "a=";
        String quarter = begin + "x".repeat(SignalingLimits.KEPT_CHARACTERS / 4 - begin.length());
        for (int i = 0; i < 5; i++) {
            room.say("1/a", bob, new Signal.Offer(0, quarter));
        }
        assertThat(room.tables.keptSignals()).isEqualTo(4);
        room.say("1/a", bob, new Signal.Offer(0, quarter + "x"));
        assertThat(room.tables.keptSignals()).isEqualTo(3);
    }

    @Test
    void a_dead_node_and_a_new_life_of_one_lose_its_connections() { // SIG-13
        long alice = room.joined("1/a", "alice");
        room.joined("2/b", "bob");
        room.apply(null, new Command.NodeDead(1, 10));
        assertThat(room.effects).isEmpty();
        assertRefused(room.join("1/c", "carol"), FailureCode.NODE_FENCED);
        room.pass(GRACE.minus(TICK));
        assertThat(room.effects).isEmpty();
        room.pass(TICK);
        assertThat(room.told("2/b")).containsExactly(new RoomEvent.Left(alice, RoomEvent.Reason.LOST));
        room.apply(new Origin(2, 11, 1), new Command.NodeStarted());
        assertThat(room.effects).containsExactly(new Effect.Answer(new Origin(2, 11, 1), new Reply.Done()));
        room.pass(GRACE);
        assertThat(room.tables.room(ROOM)).isNull();
        assertThat(room.tables.timers()).isZero();
        assertThat(room.tables.summary().rooms()).isZero();
    }

    @Test
    void the_channel_of_a_bound_namespace_is_told() { // SIG-60
        var joined = (Reply.RoomJoined)
                room.ask(new ChannelName("bound/1"), new RoomAction.Join("1/a", "alice", "s", true, null, null));
        assertThat(joined.terms().bound()).isTrue();
    }

    @Test
    void without_grace_a_lost_peer_has_left_at_once() { // SIG-13
        var strict = new RoomFixture(new Bounds(3, 2, 2, Duration.ZERO, false, Set.of(), Bounds.Ice.NONE));
        long alice = strict.joined("1/a", "alice");
        strict.joined("2/b", "bob");
        strict.ask(new RoomAction.Lost("1/a"));
        assertThat(strict.told("2/b")).containsExactly(new RoomEvent.Left(alice, RoomEvent.Reason.LOST));
    }

    @Test
    void a_command_for_another_owner_is_refused() {
        room.apply(new Origin(1, 10, 1), new Command.Unsubscribe(new ChannelFilter("a")));
        assertRefused(room.answer(), FailureCode.INVALID_VALUE);
    }
}
