package io.socle.realtime.gateway.connection;

import static io.socle.realtime.gateway.connection.Sessions.NOW;
import static io.socle.realtime.gateway.connection.Sessions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.log.RoomOwners;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Effect;
import io.socle.realtime.gateway.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a connection's peers, by how it ends and what the owner has answered. */
class ConnectionRoomsTest {
    private static final List<ChannelFilter> ALL = List.of(new ChannelFilter("#"));
    private static final ChannelName ROOM = new ChannelName("calls/1");

    private final Asked owners = new Asked();
    private final Session session =
            Sessions.connected(new Capabilities(List.of(), List.of(), List.of(), List.of(), List.of(), ALL, List.of()));
    private final ConnectionRooms rooms = new ConnectionRooms(
            new LogRooms(owners, (loop, delay, task) -> {}),
            new RoomSecrets(),
            300,
            "c",
            Runnable::run,
            session,
            effects -> {});

    /** Owners that answer when they are told to. */
    private static final class Asked implements RoomOwners {
        final List<RoomAction> actions = new ArrayList<>();
        private final Deque<ReplyHandler> waiting = new ArrayDeque<>();

        @Override
        public void ask(ChannelName room, RoomAction action, Executor loop, ReplyHandler handler) {
            actions.add(action);
            waiting.add(handler);
        }

        void answer(Reply reply) {
            waiting.remove().replied(0, 0, reply);
        }
    }

    /** Asks to join, and returns the name that the owner is to know the connection by. */
    private String join(RoomFrame.@Nullable Resume resume) {
        var frame = new RoomFrame.Join(2, ROOM, null, resume);
        for (Effect effect : session.receive(new ClientFrame.InRoom(frame), "fresh", NOW)) {
            rooms.ask((Effect.AskRoom) effect);
        }
        return ((RoomAction.Join) owners.actions.getLast()).connection();
    }

    private static Reply joined() {
        return new Reply.RoomJoined(
                9, 4, false, List.of(), new IceServers(List.of(), null), new RoomTerms(16, 8, false));
    }

    @Test
    void a_peer_whose_connection_is_lost_may_come_back() { // SIG-10
        String name = join(null);
        owners.answer(joined());
        rooms.closed(session.rooms());
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Lost(name));
    }

    @Test
    void a_peer_that_does_not_know_yet_that_it_is_one_has_left() { // SIG-10: it has no secret to come back with
        String name = join(null);
        rooms.closed(session.rooms());
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Leave(name));
    }

    @Test
    void a_peer_that_is_coming_back_when_its_connection_is_lost_may_come_back_again() { // SIG-10
        String name = join(new RoomFrame.Resume(9, "secret", 4));
        rooms.closed(session.rooms());
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Lost(name));
    }

    @Test
    void after_a_join_that_was_refused_the_next_one_counts() { // SIG-4
        join(null);
        owners.answer(refused(FailureCode.ROOM_FULL));
        rooms.closed(session.rooms());
        assertThat(owners.actions).hasSize(1);
        String name = join(null);
        owners.answer(joined());
        rooms.closed(session.rooms());
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Lost(name));
    }

    @Test
    void a_join_that_may_have_come_about_unheard_is_undone() { // SIG-14
        String fresh = join(null);
        owners.answer(refused(FailureCode.TIMEOUT));
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Leave(fresh));
        owners.answer(joined());
        String back = join(new RoomFrame.Resume(9, "secret", 4));
        owners.answer(refused(FailureCode.TIMEOUT));
        assertThat(owners.actions.getLast()).isEqualTo(new RoomAction.Lost(back));
    }
}
