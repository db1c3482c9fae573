package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.gateway.hub.Hub;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.log.RoomOwners;
import io.socle.realtime.gateway.log.RoomSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Rooms at their owners, over the log; safe for use by all threads. */
public final class LogRooms implements RoomSink {
    private static final Logger LOG = Logger.getLogger(LogRooms.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** How often a departure is said where the owner does not answer: for longer than this node keeps its slot without the log. */
    private static final int TRIES = 60;

    /** No id of a connection has it. */
    private static final char NAME = '#';

    private final RoomOwners owners;
    private final Hub.DelayedTasks delays;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    private record Listener(Executor loop, Consumer<Delivery.ToPeer> told, Runnable interrupted) {}

    public LogRooms(RoomOwners owners, Hub.DelayedTasks delays) {
        this.owners = owners;
        this.delays = delays;
    }

    /** A connection as an owner of a room knows it. */
    static String name(String connection, long joins) {
        return connection + NAME + joins;
    }

    private @Nullable Listener listener(String name) {
        int end = name.indexOf(NAME);
        return listeners.get(end < 0 ? name : name.substring(0, end));
    }

    /** From now on a connection is told what its peers are told. */
    void listen(String connection, Executor loop, Consumer<Delivery.ToPeer> told, Runnable interrupted) {
        listeners.putIfAbsent(connection, new Listener(loop, told, interrupted));
    }

    void unlisten(String connection) {
        listeners.remove(connection);
    }

    @Override
    public @Nullable Executor loopOf(String connection) {
        Listener listener = listener(connection);
        return listener == null ? null : listener.loop();
    }

    @Override
    public void told(Delivery.ToPeer told) {
        Listener listener = listener(told.connection());
        if (listener != null) {
            listener.told().accept(told);
        }
    }

    @Override
    public void interrupted() {
        listeners.values().forEach(listener -> listener.loop().execute(listener.interrupted()));
    }

    void ask(ChannelName room, RoomAction action, Executor loop, ReplyHandler handler) {
        owners.ask(room, action, loop, handler);
    }

    /** A peer is gone, which its owner has to know: it is said until it is heard. */
    void depart(ChannelName room, RoomAction departure) {
        depart(room, departure, TRIES);
    }

    private void depart(ChannelName room, RoomAction departure, int tries) {
        owners.ask(room, departure, Runnable::run, (partition, logPosition, reply) -> {
            if (!(reply instanceof Reply.Refused(Problem problem)) || !problem.retryable()) {
                return;
            }
            if (tries > 1) {
                delays.runLater(Runnable::run, AGAIN, () -> depart(room, departure, tries - 1));
            } else {
                LOG.warnf("The owner of a room was not told that a peer is gone: %s", problem.detail());
            }
        });
    }
}
