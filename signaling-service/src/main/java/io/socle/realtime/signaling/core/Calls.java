package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls into rooms: ringing, and what comes of it (clauses SIG-50 to SIG-57). */
final class Calls {
    private final Invitations invitations;

    Calls(Invitations invitations) {
        this.invitations = invitations;
    }

    /** Whether somebody is called into the room, and has not said no. */
    static boolean isCalled(Turn turn, String subject) {
        return turn.calls.values().stream()
                .flatMap(call -> call.callee(subject).stream())
                .anyMatch(Call::isOpen);
    }

    void ring(Turn turn, RoomAction.Ring ring) {
        Optional<Peer> caller = turn.speaker(ring.connection());
        int open = turn.calls.values().stream().mapToInt(Call::open).sum();
        if (caller.isEmpty()) {
            turn.refuse(FailureCode.NOT_IN_ROOM);
        } else if (open + ring.callees().size() > SignalingLimits.RUNG_PER_ROOM) {
            turn.refuse(FailureCode.TOO_MANY_CALLS);
        } else {
            Call call = new Call(
                    turn.freshId(),
                    caller.get().id(),
                    turn.now() + ring.timeoutMs(),
                    ring.callees().stream()
                            .map(subject -> new Call.Callee(subject, CallState.RINGING, null))
                            .toList());
            turn.calls.put(call.id(), call);
            call.callees()
                    .forEach(callee -> turn.publish(
                            invitations.ringing(turn.name(), call, caller.get(), callee, ring.metadata())));
            turn.answer(new Reply.Ringing(call.id(), Instant.ofEpochMilli(call.deadline())));
        }
    }

    void respond(Turn turn, RoomAction.Respond respond) {
        Call call = turn.calls.get(respond.call());
        Call.Callee callee =
                call == null ? null : call.callee(respond.subject()).orElse(null);
        CallState state = state(respond.response());
        if (call == null || callee == null) {
            turn.refuse(FailureCode.CALL_UNKNOWN);
        } else if (callee.state() == CallState.RINGING) {
            settle(turn, call, callee, state, respond.connection());
            turn.answer(new Reply.Done());
        } else if (callee.state() == state && respond.connection().equals(callee.connection())) {
            turn.answer(new Reply.Done());
        } else {
            turn.refuse(FailureCode.CALL_ANSWERED);
        }
    }

    private static CallState state(CallResponse response) {
        return switch (response) {
            case ACCEPT -> CallState.ACCEPTED;
            case REJECT -> CallState.REJECTED;
            case BUSY -> CallState.BUSY;
        };
    }

    /** Whoever rings is over with it: the caller is told, and all of the subject's devices. */
    private void settle(Turn turn, Call call, Call.Callee callee, CallState state, @Nullable String connection) {
        Call.Callee settled = new Call.Callee(callee.subject(), state, connection);
        Call next = turn.calls.getOrDefault(call.id(), call).with(settled);
        if (next.open() == 0) {
            turn.calls.remove(call.id());
        } else {
            turn.calls.put(call.id(), next);
        }
        turn.publish(invitations.settled(turn.name(), call, settled, turn.now()));
        turn.tell(call.caller(), new RoomEvent.Call(call.id(), callee.subject(), state));
    }

    void cancel(Turn turn, RoomAction.Cancel cancel) {
        Optional<Peer> caller = turn.speaker(cancel.connection());
        Call call = turn.calls.get(cancel.call());
        if (caller.isEmpty()) {
            turn.refuse(FailureCode.NOT_IN_ROOM);
        } else if (call == null || call.caller() != caller.get().id()) {
            turn.refuse(FailureCode.CALL_UNKNOWN);
        } else {
            end(turn, call, CallState.CANCELLED);
            turn.answer(new Reply.Done());
        }
    }

    /** Nobody is called by it any more, whoever has come stays. */
    private void end(Turn turn, Call call, CallState state) {
        ringing(call).forEach(callee -> settle(turn, call, callee, state, null));
        turn.calls.remove(call.id());
    }

    private static List<Call.Callee> ringing(Call call) {
        return call.callees().stream()
                .filter(callee -> callee.state() == CallState.RINGING)
                .toList();
    }

    void callerLeft(Turn turn, long peer) {
        List.copyOf(turn.calls.values()).stream()
                .filter(call -> call.caller() == peer)
                .forEach(call -> end(turn, call, CallState.CANCELLED));
    }

    void expire(Turn turn) {
        List.copyOf(turn.calls.values()).stream()
                .filter(call -> call.deadline() <= turn.now())
                .forEach(call -> ringing(call).forEach(callee -> settle(turn, call, callee, CallState.TIMEOUT, null)));
    }
}
