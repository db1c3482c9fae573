package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomAction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rooms of one partition of the log: each command in its order gives what is to be done. */
public final class Partition {
    /** Most rooms that one tick deals with; the next one goes on. */
    static final int ROOMS_PER_TICK = 256;

    private final Tables tables;
    private final Bounds bounds;
    private final Calls calls;
    private final Memberships memberships;
    private final Signals signals;

    public Partition(int number, Tables tables, Bounds bounds) {
        this.tables = tables;
        this.bounds = bounds;
        this.calls = new Calls(new Invitations(number));
        this.memberships = new Memberships(tables, bounds, calls);
        this.signals = new Signals(bounds);
    }

    /**
     * Decides a command.
     *
     * @param time when the log took it; time never goes back
     */
    public List<Effect> apply(long logPosition, long time, @Nullable Origin origin, Command command) {
        Tables.Summary summary = tables.summary();
        long now = Math.max(summary.clock(), time);
        if (now > summary.clock()) {
            tables.put(new Tables.Summary(now, summary.rooms()));
        }
        var moment = new Turn.Moment(logPosition, now, origin);
        if (origin != null) {
            if (isFenced(origin)) {
                return List.of(new Effect.Answer(origin, new Reply.Refused(Problem.of(FailureCode.NODE_FENCED))));
            }
            meet(moment, origin.slot(), origin.incarnation());
        }
        return switch (command) {
            case Command.InRoom(ChannelName room, RoomAction action) -> inRoom(moment, room, action);
            case Command.Tick tick -> tick(moment);
            case Command.NodeDead(int slot, long incarnation) -> {
                meet(moment, slot, incarnation + 1);
                yield List.of();
            }
            case Command.NodeStarted started -> answered(origin, new Reply.Done());
            default ->
                answered(
                        origin,
                        new Reply.Refused(new Problem(FailureCode.INVALID_VALUE, "no command to the owner of a room")));
        };
    }

    private static List<Effect> answered(@Nullable Origin origin, Reply reply) {
        return origin == null ? List.of() : List.of(new Effect.Answer(origin, reply));
    }

    /** When time should be told to pass: something is due then. */
    public OptionalLong next() {
        return tables.next();
    }

    private boolean isFenced(Origin origin) {
        Long known = tables.incarnation(origin.slot());
        return known != null && origin.incarnation() < known;
    }

    /** Whoever was connected to an earlier life of a slot has lost its connection. */
    private void meet(Turn.Moment moment, int slot, long incarnation) {
        Long known = tables.incarnation(slot);
        if (known != null && incarnation <= known) {
            return;
        }
        tables.putIncarnation(slot, incarnation);
        if (known == null) {
            return;
        }
        for (ChannelName name : tables.rooms()) {
            Turn turn = new Turn(tables, moment, name);
            List<Peer> lost = turn.peers.values().stream()
                    .filter(peer -> peer.isHere()
                            && peer.link().slot() == slot
                            && peer.link().incarnation() < incarnation)
                    .toList();
            if (!lost.isEmpty()) {
                lost.forEach(peer -> turn.peers.put(
                        peer.id(), peer.away(moment.now() + bounds.grace().toMillis())));
                turn.end();
            }
        }
    }

    private List<Effect> inRoom(Turn.Moment moment, ChannelName room, RoomAction action) {
        Turn turn = new Turn(tables, moment, room);
        expire(turn);
        switch (action) {
            case RoomAction.Join join -> memberships.join(turn, join);
            case RoomAction.Say say -> signals.say(turn, say);
            case RoomAction.Update update -> memberships.update(turn, update);
            case RoomAction.Leave leave -> memberships.leave(turn, leave);
            case RoomAction.Lost lost -> memberships.lost(turn, lost);
            case RoomAction.Servers servers -> servers(turn, servers);
            case RoomAction.Ring ring -> calls.ring(turn, ring);
            case RoomAction.Respond respond -> calls.respond(turn, respond);
            case RoomAction.Cancel cancel -> calls.cancel(turn, cancel);
        }
        return turn.end();
    }

    private void servers(Turn turn, RoomAction.Servers servers) {
        turn.speaker(servers.connection())
                .ifPresentOrElse(
                        peer -> turn.answer(new Reply.Servers(
                                IceCredentials.of(bounds.ice(), peer.subject(), turn.name(), turn.now()))),
                        () -> turn.refuse(FailureCode.NOT_IN_ROOM));
    }

    private List<Effect> tick(Turn.Moment moment) {
        List<Effect> effects = new ArrayList<>();
        for (ChannelName name : tables.due(moment.now(), ROOMS_PER_TICK)) {
            Turn turn = new Turn(tables, moment, name);
            expire(turn);
            effects.addAll(turn.end());
        }
        return effects;
    }

    private void expire(Turn turn) {
        memberships.expire(turn);
        calls.expire(turn);
    }
}
