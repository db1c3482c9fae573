package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one connection: each input gives effects; time comes with the input. It decides who may do what
 * and in which order; it knows no protocol, no thread and no clock. Not for use by several threads.
 */
public final class Session {
    private final String connection;
    private final SessionLimits limits;
    private final SignsOfLife life;
    private final Map<String, SubscriptionEntry> subscriptions = new HashMap<>();
    private final Presences presences;
    private Phase phase = Phase.NEW;
    private @Nullable Principal principal;
    private final RoomMemberships rooms;
    private int undecided;

    private enum Phase {
        NEW,
        VERIFYING,
        OPEN,
        CLOSED
    }

    private record SubscriptionEntry(ClientFrame.Subscribe frame, boolean stands) {}

    /**
     * Begins.
     *
     * @param connection the connection's id, told to the client
     * @param handshake who it is, where the transport's handshake has said so
     */
    public Session(String connection, SessionLimits limits, @Nullable Principal handshake, Instant now) {
        this.connection = connection;
        this.limits = limits;
        this.rooms = new RoomMemberships(limits);
        this.presences = new Presences(connection);
        this.principal = handshake;
        this.life = new SignsOfLife(limits, now);
    }

    /** Whether frames have to wait for a token's verification. */
    public boolean isVerifying() {
        return phase == Phase.VERIFYING;
    }

    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Anything at all came from the client. */
    public void heard(Instant now) {
        life.heard(now);
    }

    /**
     * A frame came.
     *
     * @param freshId the id of a message that has none
     */
    public List<Effect> receive(ClientFrame frame, String freshId, Instant now) {
        life.heard(now);
        if (phase == Phase.CLOSED) {
            return List.of();
        }
        if (frame instanceof ClientFrame.Connect connect) {
            return connect(connect, now);
        }
        Principal who = principal;
        if (phase != Phase.OPEN || who == null) {
            return problem(frame.commandId(), Problem.of(FailureCode.CONNECT_FIRST));
        }
        if (who.expiredAt(now)) {
            return close(FailureCode.TOKEN_EXPIRED);
        }
        return switch (frame) {
            case ClientFrame.Publish publish -> publish(publish, who, freshId);
            case ClientFrame.Subscribe subscribe ->
                subscribe(subscribe, who, subscribe.since() != null || subscribe.durable() != null);
            case ClientFrame.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
            case ClientFrame.History history -> history(history, who);
            case ClientFrame.Delete delete -> delete(delete, who);
            case ClientFrame.InRoom(RoomFrame room) -> room(room, who, now);
            case ClientFrame.Ack ack -> acknowledge(ack);
            case ClientFrame.Refresh refresh -> List.of(new Effect.Verify(refresh.id(), refresh.token()));
            case ClientFrame.Ping ping -> send(new ServerFrame.Pong(ping.id()));
            case ClientFrame.Pong pong -> List.of();
            case ClientFrame.OfPresence(PresenceAsk ask) -> presence(ask, who);
            case ClientFrame.Connect connect -> List.of();
        };
    }

    /** A subscription of a session that the server keeps goes on; the place is the server's own, so it is no read of the past. */
    public List<Effect> resume(ClientFrame.Subscribe frame, Instant now) {
        Principal who = principal;
        if (phase != Phase.OPEN || who == null) {
            return List.of();
        }
        return who.expiredAt(now) ? close(FailureCode.TOKEN_EXPIRED) : subscribe(frame, who, false);
    }

    /** A frame came that cannot be read. */
    public List<Effect> unreadable(@Nullable Long id, Problem problem, Instant now) {
        life.heard(now);
        return phase == Phase.CLOSED ? List.of() : problem(id, problem);
    }

    private List<Effect> connect(ClientFrame.Connect connect, Instant now) {
        if (phase != Phase.NEW) {
            return problem(connect.id(), Problem.of(FailureCode.ALREADY_CONNECTED));
        }
        if (connect.token() != null) {
            phase = Phase.VERIFYING;
            return List.of(new Effect.Verify(connect.id(), connect.token()));
        }
        if (principal == null) {
            return close(FailureCode.UNAUTHORIZED);
        }
        return open(connect.id(), principal, now);
    }

    /** A token is good: the connection opens, or goes on with it. */
    public List<Effect> verified(long id, Principal verified, Instant now) {
        if (phase == Phase.VERIFYING) {
            return open(id, verified, now);
        }
        Principal who = principal;
        if (phase != Phase.OPEN || who == null) {
            return List.of();
        }
        if (!who.subject().equals(verified.subject()) || verified.expires() == null) {
            return problem(id, new Problem(FailureCode.FORBIDDEN, "a refresh must be of the same subject"));
        }
        principal = verified;
        List<Effect> effects = new ArrayList<>(send(new ServerFrame.Refreshed(id, verified.expires())));
        List.copyOf(subscriptions.values()).forEach(entry -> endIfNotCovered(entry.frame(), verified, effects));
        effects.addAll(rooms.endNotCovered(verified));
        effects.addAll(presences.notCovered(verified));
        return effects;
    }

    private void endIfNotCovered(ClientFrame.Subscribe frame, Principal who, List<Effect> effects) {
        if (Permissions.subscribe(who, frame.selection().asFilter(), frame.durable() != null) != null) {
            subscriptions.remove(frame.subscription());
            effects.add(new Effect.CloseSubscription(frame.subscription()));
            effects.addAll(
                    send(new ServerFrame.Unsubscribed(null, frame.subscription(), Problem.of(FailureCode.FORBIDDEN))));
        }
    }

    /** A token is bad: the connection ends, or goes on as it was. */
    public List<Effect> rejected(long id, String reason) {
        if (phase == Phase.VERIFYING) {
            phase = Phase.CLOSED;
            return List.of(new Effect.Close(Disconnect.of(FailureCode.UNAUTHORIZED, reason)));
        }
        return phase == Phase.OPEN ? problem(id, new Problem(FailureCode.UNAUTHORIZED, reason)) : List.of();
    }

    private List<Effect> open(long id, Principal who, Instant now) {
        if (who.expiredAt(now)) {
            return close(FailureCode.TOKEN_EXPIRED);
        }
        phase = Phase.OPEN;
        principal = who;
        return send(new ServerFrame.Connected(
                id,
                connection,
                who.subject(),
                limits.heartbeat().toMillis(),
                who.expires(),
                new ServerFrame.ConnectionLimits(
                        limits.frameBytes(), limits.dataBytes(), limits.subscriptions(), limits.inFlight())));
    }

    private List<Effect> publish(ClientFrame.Publish frame, Principal who, String freshId) {
        Problem refusal = Permissions.publish(who, frame.message(), limits);
        if (refusal == null && undecided >= limits.inFlight()) {
            refusal = Problem.of(FailureCode.TOO_MANY_IN_FLIGHT);
        }
        if (refusal != null) {
            return problem(frame.id(), refusal);
        }
        undecided++;
        var message = frame.message().complete(() -> freshId, who.subject());
        return List.of(new Effect.Publish(frame.id(), message, frame.producer()));
    }

    private List<Effect> subscribe(ClientFrame.Subscribe frame, Principal who, boolean replay) {
        Problem refusal = Permissions.subscribe(who, frame.selection().asFilter(), replay);
        if (refusal == null && subscriptions.containsKey(frame.subscription())) {
            refusal = Problem.of(FailureCode.SUBSCRIPTION_EXISTS);
        }
        if (refusal == null) {
            refusal = limits.subscription(frame, subscriptions.size());
        }
        if (refusal != null) {
            return problem(frame.id(), refusal);
        }
        subscriptions.put(frame.subscription(), new SubscriptionEntry(frame, false));
        return List.of(new Effect.OpenSubscription(frame, who.subject()));
    }

    private List<Effect> unsubscribe(ClientFrame.Unsubscribe frame) {
        SubscriptionEntry entry = subscriptions.get(frame.subscription());
        if (entry == null) {
            return problem(frame.id(), Problem.of(FailureCode.SUBSCRIPTION_UNKNOWN));
        }
        if (frame.delete()) {
            return deleteDurable(frame, entry);
        }
        subscriptions.remove(frame.subscription());
        return List.of(
                new Effect.CloseSubscription(frame.subscription()),
                new Effect.Send(new ServerFrame.Unsubscribed(frame.id(), frame.subscription(), null)));
    }

    private List<Effect> deleteDurable(ClientFrame.Unsubscribe frame, SubscriptionEntry entry) {
        if (entry.frame().durable() == null) {
            return problem(
                    frame.id(), new Problem(FailureCode.INVALID_VALUE, "delete is for durable subscriptions only"));
        }
        if (undecided < limits.inFlight()) {
            subscriptions.remove(frame.subscription());
        }
        return decide(frame.id(), null, new Effect.DeleteSubscription(frame.id(), frame.subscription()));
    }

    private List<Effect> history(ClientFrame.History frame, Principal who) {
        Problem refusal = Permissions.history(who, frame.channel());
        return decide(frame.id(), refusal, new Effect.ReadHistory(frame, who.subject()));
    }

    private List<Effect> delete(ClientFrame.Delete frame, Principal who) {
        return decide(frame.id(), Permissions.delete(who, frame.channel()), new Effect.Delete(frame));
    }

    /** A command whose answer the owner gives: it counts as undecided until then. */
    private List<Effect> decide(@Nullable Long id, @Nullable Problem refusal, Effect effect) {
        if (refusal != null) {
            return problem(id, refusal);
        }
        if (undecided >= limits.inFlight()) {
            return problem(id, Problem.of(FailureCode.TOO_MANY_IN_FLIGHT));
        }
        undecided++;
        return List.of(effect);
    }

    private List<Effect> room(RoomFrame frame, Principal who, Instant now) {
        Problem refusal = rooms.refusal(frame, who, now);
        if (refusal == null && undecided < limits.inFlight()) {
            rooms.asked(frame, who);
        }
        boolean permitted = who.capabilities().maySignal(frame.room());
        return decide(frame.commandId(), refusal, new Effect.AskRoom(frame, who.subject(), permitted));
    }

    /** A room's owner has answered; null where nothing is to be told. */
    public List<Effect> roomAnswered(RoomFrame frame, Reply reply, @Nullable ServerFrame answer) {
        rooms.answered(frame, reply);
        return decided(answer);
    }

    /** A room's owner tells a peer of this connection something. */
    public List<Effect> roomTold(Delivery.ToPeer told) {
        RoomPush push = phase == Phase.OPEN ? rooms.told(told) : null;
        return push == null ? List.of() : send(new ServerFrame.InRoom(push));
    }

    /** What owners of rooms told this node may be lost. */
    public List<Effect> roomsInterrupted() {
        return phase == Phase.OPEN ? rooms.interrupted() : List.of();
    }

    /** The rooms that this connection is in, or perhaps is. */
    public Set<ChannelName> rooms() {
        return rooms.names();
    }

    private List<Effect> presence(PresenceAsk ask, Principal who) {
        Problem refusal = presences.refusal(ask, who);
        if (ask instanceof PresenceAsk.Watch watch && refusal == null) {
            return presences.begun(watch, subscribe(Presences.subscription(watch), who, false));
        }
        if (refusal != null || undecided >= limits.inFlight()) {
            return problem(ask.id(), refusal == null ? Problem.of(FailureCode.TOO_MANY_IN_FLIGHT) : refusal);
        }
        undecided++;
        return List.of(presences.effect(ask, who));
    }

    /** What the connection has entered. */
    public Presences presences() {
        return presences;
    }

    private List<Effect> acknowledge(ClientFrame.Ack ack) {
        return subscriptions.containsKey(ack.subscription())
                ? List.of(new Effect.Acknowledge(ack.subscription(), ack.cursor()))
                : problem(null, Problem.of(FailureCode.SUBSCRIPTION_UNKNOWN));
    }

    /** A publish, a history read or a deletion has its answer; null where nothing is to be told. */
    public List<Effect> decided(@Nullable ServerFrame answer) {
        undecided--;
        return answer == null || phase != Phase.OPEN ? List.of() : send(answer);
    }

    /**
     * A subscription stands.
     *
     * @param existed for a durable one whether it was there before
     */
    public List<Effect> subscribed(String name, @Nullable String cursor, @Nullable Boolean existed) {
        SubscriptionEntry entry = subscriptions.get(name);
        if (entry == null || entry.stands()) {
            return List.of();
        }
        subscriptions.put(name, new SubscriptionEntry(entry.frame(), true));
        List<Effect> effects =
                new ArrayList<>(send(new ServerFrame.Subscribed(entry.frame().id(), name, cursor, existed)));
        List<Effect> follows = presences.watched(entry.frame());
        undecided += follows.size();
        effects.addAll(follows);
        return effects;
    }

    /** A subscription could not begin, or cannot go on. */
    public List<Effect> subscriptionFailed(String name, Problem problem) {
        SubscriptionEntry entry = subscriptions.remove(name);
        if (entry == null) {
            return List.of();
        }
        presences.watched(entry.frame());
        return entry.stands()
                ? send(new ServerFrame.Unsubscribed(null, name, problem))
                : problem(entry.frame().id(), problem);
    }

    /** Time has passed: called about once a second. */
    public List<Effect> tick(Instant now) {
        life.tick(now);
        return switch (phase) {
            case CLOSED -> List.of();
            case NEW, VERIFYING -> life.isConnectLate(now) ? close(FailureCode.CONNECT_TIMEOUT) : List.of();
            case OPEN -> tickOpen(now);
        };
    }

    private List<Effect> tickOpen(Instant now) {
        if (principal != null && principal.expiredAt(now)) {
            return close(FailureCode.TOKEN_EXPIRED);
        }
        if (life.isSilent(now)) {
            return close(FailureCode.HEARTBEAT_TIMEOUT);
        }
        return life.takeBeat(now) ? send(new ServerFrame.Ping(null)) : List.of();
    }

    /** The node goes away, or the client has to. */
    public List<Effect> disconnect(Disconnect disconnect) {
        if (phase == Phase.CLOSED) {
            return List.of();
        }
        phase = Phase.CLOSED;
        return List.of(new Effect.Close(disconnect));
    }

    private List<Effect> close(FailureCode code) {
        return disconnect(Disconnect.of(code));
    }

    private static List<Effect> send(ServerFrame frame) {
        return List.of(new Effect.Send(frame));
    }

    private static List<Effect> problem(@Nullable Long id, Problem problem) {
        return send(new ServerFrame.ProblemFrame(id, problem));
    }
}
