package io.socle.realtime.gateway.connection;

import static io.socle.realtime.gateway.connection.Sessions.NOW;
import static io.socle.realtime.gateway.connection.Sessions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.gateway.log.PresenceOwners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Effect;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What becomes of a connection's members, by how it ends and what the owner answers. */
class ConnectionPresenceTest {
    private static final List<ChannelFilter> ALL = List.of(new ChannelFilter("#"));
    private static final long HOLDER = 42;
    private static final ChannelName CHAT = new ChannelName("chat/1");
    private static final MemberKey KEY = new MemberKey(CHAT, "alice", "e");
    private static final MemberProfile PROFILE = new MemberProfile(MemberKind.HUMAN, MemberProfile.NO_STATE, List.of());

    private final Asked owners = new Asked();
    private final Departures departures = new Departures(owners);
    private final List<ServerFrame> told = new ArrayList<>();
    private final Session session = Sessions.connected(new Capabilities(ALL, ALL, ALL, ALL));
    private final ConnectionPresence presence = new ConnectionPresence(
            new LogPresence(owners), departures, session.presences(), HOLDER, Runnable::run, told::add);

    /** Owners that answer when they are told to. */
    private static final class Asked implements PresenceOwners {
        final List<PresenceCommand> commands = new ArrayList<>();
        private final Deque<ReplyHandler> waiting = new ArrayDeque<>();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public int presencePartitions() {
            return 2;
        }

        @Override
        public void presence(int partition, PresenceCommand command, Executor loop, ReplyHandler handler) {
            commands.add(command);
            waiting.add(handler);
        }

        void answer(Reply reply) {
            waiting.remove().replied(0, 0, reply);
        }
    }

    private void ask(PresenceAsk ask) {
        for (Effect effect : session.receive(new ClientFrame.OfPresence(ask), "fresh", NOW)) {
            presence.carryOut(((Effect.OfPresence) effect).effect());
        }
    }

    private void enter() {
        ask(new PresenceAsk.Enter(7, CHAT, "e", PROFILE));
        assertThat(owners.commands.getLast()).isEqualTo(new PresenceCommand.Enter(KEY, PROFILE, HOLDER, 0));
    }

    private void enter(Reply answer) {
        enter();
        owners.answer(answer);
        owners.commands.clear();
    }

    private void leave(Reply answer) {
        ask(new PresenceAsk.Leave(8, CHAT, "e"));
        owners.answer(answer);
        owners.commands.clear();
    }

    private static Reply changed() {
        return new Reply.OfPresence(new PresenceReply.Changed(17));
    }

    @Test
    void the_owners_decision_is_told() {
        enter(changed());
        assertThat(told).containsExactly(new ServerFrame.OfPresence(new PresenceTold.Entered(7, CHAT, "e", 17)));
    }

    @Test
    void prs_11_a_lost_connection_says_so_of_its_members() {
        enter(changed());
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void prs_10_a_connection_that_ends_in_good_order_has_its_members_leave() {
        enter(changed());
        presence.leaving();
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Leave(KEY, HOLDER, LeaveReason.LEFT));
    }

    @Test
    void prs_10_a_connection_whose_token_expired_has_its_members_leave_once() {
        enter(changed());
        presence.expire();
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Leave(KEY, HOLDER, LeaveReason.EXPIRED));
    }

    @Test
    void prs_40_what_may_have_entered_leaves_and_what_was_refused_does_not() {
        enter(refused(FailureCode.TOO_MANY_MEMBERS));
        presence.closed();
        assertThat(owners.commands).isEmpty();
        enter(refused(FailureCode.TIMEOUT));
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void a_member_that_was_there_stays_the_connections_where_its_change_is_refused() {
        enter(changed());
        enter(refused(FailureCode.OVERLOADED));
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void what_entered_before_or_after_the_enter_that_was_refused_leaves() {
        enter();
        enter();
        owners.answer(refused(FailureCode.OVERLOADED));
        owners.answer(changed());
        owners.commands.clear();
        presence.closed();
        assertThat(owners.commands).containsExactly(new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void prs_12_what_was_told_to_leave_in_vain_leaves_with_the_connection() {
        for (FailureCode code : List.of(FailureCode.OVERLOADED, FailureCode.TIMEOUT)) {
            enter(changed());
            leave(refused(code));
            presence.closed();
            assertThat(owners.commands).as(code.code()).containsExactly(new PresenceCommand.Lost(KEY, HOLDER));
            owners.answer(new Reply.Done());
        }
    }

    @Test
    void what_has_left_has_nothing_to_leave_and_what_is_about_to_leave_is_said_again() {
        enter(changed());
        leave(changed());
        presence.closed();
        assertThat(owners.commands).isEmpty();
        enter(changed());
        ask(new PresenceAsk.Leave(8, CHAT, "e"));
        presence.closed();
        assertThat(owners.commands)
                .containsExactly(
                        new PresenceCommand.Leave(KEY, HOLDER, LeaveReason.LEFT),
                        new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void a_departure_is_said_again_until_it_is_answered() {
        enter(changed());
        presence.closed();
        owners.answer(refused(FailureCode.TIMEOUT));
        departures.tick();
        owners.answer(refused(FailureCode.UNAVAILABLE));
        departures.tick();
        owners.answer(new Reply.Done());
        departures.tick();
        assertThat(owners.commands).hasSize(3).containsOnly(new PresenceCommand.Lost(KEY, HOLDER));
    }

    @Test
    void prs_33_where_is_asked_of_every_partition_and_tells_only_what_may_be_known() {
        var capabilities = new Capabilities(List.of(), List.of(new ChannelFilter("chat/#")), List.of(), List.of());
        var who = new Principal("bob", capabilities, NOW.plusSeconds(60));
        var found = new LogPresence(owners).where(who, "alice");
        var secret = new ChannelName("secret/1");
        owners.answer(new Reply.OfPresence(new PresenceReply.Whereabouts(
                List.of(new PresenceReply.Place(secret, "e"), new PresenceReply.Place(CHAT, "e")),
                List.of(new PresenceReply.Seen(secret, NOW.plusSeconds(9))))));
        owners.answer(new Reply.OfPresence(
                new PresenceReply.Whereabouts(List.of(), List.of(new PresenceReply.Seen(CHAT, NOW)))));
        assertThat(found.toCompletableFuture().join())
                .isEqualTo(new PresenceTold.Whereabouts(0, "alice", List.of(new PresenceReply.Place(CHAT, "e")), NOW));
    }
}
