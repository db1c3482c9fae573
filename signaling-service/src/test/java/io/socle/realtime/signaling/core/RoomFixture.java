package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One partition with a log and a clock of its own; connections are named for the node that has them, such as {@code 1/a}. */
final class RoomFixture {
    static final ChannelName ROOM = new ChannelName("calls/1");
    static final Duration GRACE = Duration.ofSeconds(15);
    static final Bounds BOUNDS = new Bounds(3, 2, 2, GRACE, false, Set.of("bound"), Bounds.Ice.NONE);

    final MemoryTables tables = new MemoryTables();
    final Partition partition;
    long position;
    long now = 1_000_000;
    List<Effect> effects = List.of();

    RoomFixture() {
        this(BOUNDS);
    }

    RoomFixture(Bounds bounds) {
        partition = new Partition(4, tables, bounds);
    }

    Origin origin(String connection) {
        return new Origin(Integer.parseInt(connection.substring(0, connection.indexOf('/'))), 10, position);
    }

    List<Effect> apply(@Nullable Origin origin, Command command) {
        effects = partition.apply(position++, now, origin, command);
        return effects;
    }

    Reply ask(ChannelName room, RoomAction action) {
        apply(origin(action.connection()), new Command.InRoom(room, action));
        return answer();
    }

    Reply ask(RoomAction action) {
        return ask(ROOM, action);
    }

    Reply answer() {
        List<Reply> answers = effects.stream()
                .filter(Effect.Answer.class::isInstance)
                .map(effect -> ((Effect.Answer) effect).reply())
                .toList();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    void pass(Duration time) {
        now += time.toMillis();
        apply(null, new Command.Tick());
    }

    Reply join(String connection, String subject) {
        return ask(new RoomAction.Join(connection, subject, "secret of " + subject, true, null, null));
    }

    long joined(String connection, String subject) {
        return ((Reply.RoomJoined) join(connection, subject)).peer();
    }

    Reply resume(String connection, String subject, long peer, long after) {
        return ask(new RoomAction.Join(
                connection, subject, "secret of " + subject, true, null, new RoomAction.Resume(peer, after)));
    }

    Reply say(String connection, long to, Signal signal) {
        return ask(new RoomAction.Say(connection, to, signal));
    }

    /** What a connection was told by the last command. */
    List<RoomEvent> told(String connection) {
        return tells(connection).stream().map(Delivery.ToPeer::event).toList();
    }

    List<Delivery.ToPeer> tells(String connection) {
        return effects.stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> (Effect.Tell) effect)
                .filter(tell -> tell.told().connection().equals(connection))
                .map(Effect.Tell::told)
                .toList();
    }

    List<RealtimeMessage> published() {
        return effects.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(effect -> ((Effect.Publish) effect).message())
                .toList();
    }

    static void assertRefused(Reply reply, FailureCode code) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    static String sdp(String fragment) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                + "a=ice-ufrag:" + fragment + "\r\n";
    }
}
