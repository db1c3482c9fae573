package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.signaling.Candidates;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import org.jspecify.annotations.Nullable;

/** Hands on what one peer says to another, where it fits. */
final class Signals {
    private final boolean stripsPrivate;

    Signals(Bounds bounds) {
        stripsPrivate = bounds.stripsPrivate();
    }

    void say(Turn turn, RoomAction.Say say) {
        Peer from = turn.speaker(say.connection()).orElse(null);
        if (from == null) {
            turn.refuse(FailureCode.NOT_IN_ROOM);
        } else if (from.id() == say.to() || !turn.peers.containsKey(say.to())) {
            turn.refuse(FailureCode.PEER_UNKNOWN, "the room has no other peer of that id");
        } else {
            say(turn, from, say.to(), say.signal());
        }
    }

    private void say(Turn turn, Peer from, long to, Signal signal) {
        Pair pair = turn.pair(from.id(), to);
        switch (Negotiation.say(pair, from.id(), signal)) {
            case Negotiation.Outcome.Unexpected(String detail) -> turn.refuse(FailureCode.UNEXPECTED_SIGNAL, detail);
            case Negotiation.Outcome.Ignored(Signal.Ignored why) -> turn.answer(new Reply.Signaled(null, why));
            case Negotiation.Outcome.Passed(Pair next, Signal passed) -> {
                Signal told = stripsPrivate ? stripped(passed) : passed;
                if (told == null) {
                    turn.answer(new Reply.Signaled(null, Signal.Ignored.PRIVATE));
                    return;
                }
                turn.put(next);
                turn.tell(to, new RoomEvent.Said(from.id(), told));
                turn.answer(new Reply.Signaled(told instanceof Signal.Offer offer ? offer.negotiation() : null, null));
            }
        }
    }

    /** Without addresses of private ranges; null where nothing is left. */
    private static @Nullable Signal stripped(Signal signal) {
        return switch (signal) {
            case Signal.Offer(long negotiation, String sdp) ->
                new Signal.Offer(negotiation, PrivateAddresses.without(sdp));
            case Signal.Answer(long negotiation, String sdp) ->
                new Signal.Answer(negotiation, PrivateAddresses.without(sdp));
            case Signal.Candidate(var candidate) ->
                PrivateAddresses.isPrivate(Candidates.address(candidate.candidate()))
                        ? null
                        : new Signal.Candidate(PrivateAddresses.unrelated(candidate));
            default -> signal;
        };
    }
}
