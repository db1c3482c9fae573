package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rooms of one connection: what may be asked of their owners, and what of theirs has been told. */
final class RoomMemberships {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SessionLimits limits;
    private final Map<ChannelName, Membership> memberships = new LinkedHashMap<>();

    /** One room. */
    private static final class Membership {
        /** Whether the token covers the room; else its owner lets the subject in. */
        final boolean permitted;
        /** 0 as long as the owner has not answered. */
        long peer;
        /** Of the last thing that was told. */
        long sequence;
        /** When the next second's worth of signals is free again. */
        Instant usedUntil = Instant.MIN;

        Membership(boolean permitted) {
            this.permitted = permitted;
        }
    }

    RoomMemberships(SessionLimits limits) {
        this.limits = limits;
    }

    Set<ChannelName> names() {
        return Set.copyOf(memberships.keySet());
    }

    /** Why the owner is not asked; null where it is. */
    @Nullable
    Problem refusal(RoomFrame frame, Principal who, Instant now) {
        Problem forbidden = Permissions.room(who, frame.room());
        if (forbidden != null) {
            return forbidden;
        }
        Membership known = memberships.get(frame.room());
        return switch (frame) {
            case RoomFrame.Join join -> {
                if (known != null) {
                    yield Problem.of(FailureCode.ALREADY_IN_ROOM);
                }
                yield memberships.size() < limits.rooms() ? null : Problem.of(FailureCode.TOO_MANY_ROOMS);
            }
            case RoomFrame.Respond respond -> null;
            case RoomFrame.Say say -> isIn(known) ? take(known, now) : Problem.of(FailureCode.NOT_IN_ROOM);
            default -> isIn(known) ? null : Problem.of(FailureCode.NOT_IN_ROOM);
        };
    }

    private static boolean isIn(@Nullable Membership known) {
        return known != null && known.peer != 0;
    }

    /** One second's worth may come at once; then they come at the rate. */
    private @Nullable Problem take(@Nullable Membership of, Instant now) {
        if (of == null) {
            return Problem.of(FailureCode.NOT_IN_ROOM);
        }
        Instant from = of.usedUntil.isBefore(now) ? now : of.usedUntil;
        Instant until = from.plusNanos(SECOND / limits.signalsPerSecond());
        Duration ahead = Duration.between(now.plusNanos(SECOND), until);
        if (ahead.isPositive()) {
            return new Problem(
                    FailureCode.RATE_LIMITED,
                    "at most " + limits.signalsPerSecond() + " signals a second",
                    ahead.plusMillis(1));
        }
        of.usedUntil = until;
        return null;
    }

    void asked(RoomFrame frame, Principal who) {
        switch (frame) {
            case RoomFrame.Join join ->
                memberships.put(join.room(), new Membership(who.capabilities().maySignal(join.room())));
            case RoomFrame.Leave leave -> memberships.remove(leave.room());
            default -> {}
        }
    }

    void answered(RoomFrame frame, Reply reply) {
        if (!(frame instanceof RoomFrame.Join join)) {
            return;
        }
        Membership membership = memberships.get(join.room());
        if (membership == null || membership.peer != 0) {
            return;
        }
        if (reply instanceof Reply.RoomJoined joined) {
            membership.peer = joined.peer();
            membership.sequence = joined.sequence();
        } else {
            memberships.remove(join.room());
        }
    }

    /** What the client is told of it; null where it is a repeat, or of a membership that is over. */
    @Nullable
    RoomPush told(Delivery.ToPeer told) {
        Membership membership = memberships.get(told.room());
        if (membership == null || membership.peer != told.peer()) {
            return null;
        }
        if (told.event() instanceof RoomEvent.Ended(Problem problem)) {
            memberships.remove(told.room());
            return new RoomPush.Left(told.room(), problem);
        }
        if (told.sequence() <= membership.sequence) {
            return null;
        }
        membership.sequence = told.sequence();
        return push(told);
    }

    private static @Nullable RoomPush push(Delivery.ToPeer told) {
        ChannelName room = told.room();
        long sequence = told.sequence();
        return switch (told.event()) {
            case RoomEvent.Said(long from, var signal) -> new RoomPush.Said(room, sequence, from, signal);
            case RoomEvent.Joined(var peer) -> new RoomPush.PeerJoined(room, sequence, peer);
            case RoomEvent.Updated(long peer, var metadata) -> new RoomPush.PeerUpdated(room, sequence, peer, metadata);
            case RoomEvent.Left(long peer, var reason) -> new RoomPush.PeerLeft(room, sequence, peer, reason);
            case RoomEvent.Call(long call, var subject, var state) ->
                new RoomPush.Call(room, sequence, call, subject, state);
            case RoomEvent.Ended ended -> null;
        };
    }

    /** Rooms that the token let it join and lets it no more end. */
    List<Effect> endNotCovered(Principal who) {
        List<Effect> effects = new ArrayList<>();
        for (ChannelName room : names()) {
            Membership membership = memberships.get(room);
            if (membership != null
                    && membership.permitted
                    && !who.capabilities().maySignal(room)) {
                memberships.remove(room);
                end(room, FailureCode.FORBIDDEN, effects);
            }
        }
        return effects;
    }

    /** What their owners told may be lost: the client comes back, and has it again. */
    List<Effect> interrupted() {
        List<Effect> effects = new ArrayList<>();
        for (ChannelName room : names()) {
            if (isIn(memberships.get(room))) {
                memberships.remove(room);
                end(room, FailureCode.UNAVAILABLE, effects);
            }
        }
        return effects;
    }

    private static void end(ChannelName room, FailureCode why, List<Effect> effects) {
        Problem problem = Problem.of(why);
        effects.add(new Effect.LeaveRoom(room, problem.retryable()));
        effects.add(new Effect.Send(new ServerFrame.InRoom(new RoomPush.Left(room, problem))));
    }
}
