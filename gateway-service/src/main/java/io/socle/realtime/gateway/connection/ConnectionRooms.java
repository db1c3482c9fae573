package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.gateway.session.Effect;
import io.socle.realtime.gateway.session.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection's dealings with the owners of rooms; confined to the link's event loop. */
final class ConnectionRooms {
    private final LogRooms rooms;
    private final String connection;
    private final Executor loop;
    private final Session session;
    private final int signalsPerSecond;
    private final RoomSecrets secrets;
    private final Consumer<List<Effect>> run;
    /** By which name each room's owner knows this connection: another one for each time that it joins. */
    private final Map<ChannelName, String> names = new HashMap<>();
    /** By which of these names it joins anew and has no answer yet: it cannot come back to a place that it knows nothing of. */
    private final Set<String> entering = new HashSet<>();

    private long joins;

    /** Effects of the session are given to {@code run}. */
    ConnectionRooms(
            LogRooms rooms,
            RoomSecrets secrets,
            int signalsPerSecond,
            String connection,
            Executor loop,
            Session session,
            Consumer<List<Effect>> run) {
        this.rooms = rooms;
        this.secrets = secrets;
        this.signalsPerSecond = signalsPerSecond;
        this.connection = connection;
        this.loop = loop;
        this.session = session;
        this.run = run;
    }

    void ask(Effect.AskRoom ask) {
        RoomFrame frame = ask.frame();
        String secret = frame instanceof RoomFrame.Join join ? begin(join) : "";
        String name = name(frame.room());
        rooms.ask(
                frame.room(),
                action(ask, name, secret),
                loop,
                (partition, logPosition, reply) -> answered(frame, name, secret, reply));
    }

    /** Returns the secret of the membership. */
    private String begin(RoomFrame.Join join) {
        names.keySet().retainAll(session.rooms());
        // A departure of an earlier time that is said again must not end this one.
        String name = LogRooms.name(connection, ++joins);
        names.put(join.room(), name);
        rooms.listen(connection, loop, this::told, () -> run.accept(session.roomsInterrupted()));
        if (join.resume() != null) {
            return join.resume().secret();
        }
        entering.add(name);
        return secrets.fresh();
    }

    private String name(ChannelName room) {
        return names.getOrDefault(room, connection);
    }

    private void told(Delivery.ToPeer told) {
        run.accept(session.roomTold(told));
    }

    private RoomAction action(Effect.AskRoom ask, String name, String secret) {
        return switch (ask.frame()) {
            case RoomFrame.Join join ->
                new RoomAction.Join(
                        name,
                        ask.subject(),
                        RoomSecrets.digest(secret),
                        ask.permitted(),
                        join.metadata(),
                        resume(join.resume()));
            case RoomFrame.Say say -> new RoomAction.Say(name, say.to(), say.signal());
            case RoomFrame.Update update -> new RoomAction.Update(name, update.metadata());
            case RoomFrame.Leave leave -> new RoomAction.Leave(name);
            case RoomFrame.Ice ice -> new RoomAction.Servers(name);
            case RoomFrame.Ring ring -> new RoomAction.Ring(name, ring.callees(), ring.timeoutMs(), ring.metadata());
            case RoomFrame.Respond respond ->
                new RoomAction.Respond(connection, ask.subject(), respond.call(), respond.response());
            case RoomFrame.Cancel cancel -> new RoomAction.Cancel(name, cancel.call());
        };
    }

    private static RoomAction.@Nullable Resume resume(RoomFrame.@Nullable Resume resume) {
        return resume == null ? null : new RoomAction.Resume(resume.peer(), resume.after());
    }

    private void answered(RoomFrame frame, String name, String secret, Reply reply) {
        entering.remove(name);
        if (reply instanceof Reply.Refused(Problem problem) && problem.retryable()) {
            departUnknown(frame, name, problem.code());
        }
        run.accept(session.roomAnswered(frame, reply, answer(frame, secret, reply)));
    }

    /** Whether it was carried out is not known: a membership that nobody knows of has to go. */
    private void departUnknown(RoomFrame frame, String name, FailureCode code) {
        if (frame instanceof RoomFrame.Leave leave) {
            depart(leave.room(), name, false);
        } else if (frame instanceof RoomFrame.Join join && code == FailureCode.TIMEOUT) {
            depart(join.room(), name, join.resume() != null);
        }
    }

    private @Nullable ServerFrame answer(RoomFrame frame, String secret, Reply reply) {
        Long id = frame.commandId();
        if (reply instanceof Reply.Refused(Problem problem)) {
            return new ServerFrame.ProblemFrame(id, problem);
        }
        return id == null ? null : new ServerFrame.InRoom(answer(id, frame.room(), secret, reply));
    }

    private RoomPush answer(long id, ChannelName room, String secret, Reply reply) {
        return switch (reply) {
            case Reply.RoomJoined joined ->
                new RoomPush.Joined(
                        id,
                        room,
                        joined.peer(),
                        secret,
                        joined.sequence(),
                        joined.missed(),
                        joined.peers(),
                        joined.iceServers(),
                        joined.terms(),
                        signalsPerSecond);
            case Reply.Signaled(Long negotiation, var ignored) -> new RoomPush.Signaled(id, negotiation, ignored);
            case Reply.Servers(var servers) -> new RoomPush.Ice(id, room, servers);
            case Reply.Ringing(long call, var expires) -> new RoomPush.Ringing(id, room, call, expires);
            default -> new RoomPush.Done(id);
        };
    }

    void leave(Effect.LeaveRoom leave) {
        depart(leave.room(), name(leave.room()), leave.mayComeBack());
    }

    /** The connection is gone: its peers may come back by another. */
    void closed(Collection<ChannelName> joined) {
        rooms.unlisten(connection);
        joined.forEach(room -> depart(room, name(room), !entering.contains(name(room))));
    }

    private void depart(ChannelName room, String name, boolean mayComeBack) {
        rooms.depart(room, mayComeBack ? new RoomAction.Lost(name) : new RoomAction.Leave(name));
    }
}
