package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.signaling.Sdp;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of what two peers may say to each other when (clauses SIG-20 to SIG-27). */
final class Negotiation {
    private Negotiation() {}

    /** What becomes of a signal. */
    sealed interface Outcome {
        /** It is handed on, perhaps with its number, and the pair goes on from there. */
        record Passed(Pair pair, Signal signal) implements Outcome {}

        /** It goes nowhere, and its sender did nothing wrong. */
        record Ignored(Signal.Ignored why) implements Outcome {}

        /** It does not fit. */
        record Unexpected(String detail) implements Outcome {}
    }

    private static final Outcome STALE = new Outcome.Ignored(Signal.Ignored.STALE);

    static Outcome say(Pair pair, long from, Signal signal) {
        return switch (signal) {
            case Signal.Offer(long none, String sdp) -> offer(pair, from, sdp);
            case Signal.Answer(long negotiation, String sdp) -> answer(pair, from, negotiation, sdp);
            case Signal.Rollback any -> rollback(pair, from);
            case Signal.Candidate(var candidate) -> trickle(pair, from, signal, candidate.usernameFragment());
            case Signal.EndOfCandidates(String fragment) -> trickle(pair, from, signal, fragment);
            case Signal.Restart restart ->
                pair.negotiation() == 0
                        ? new Outcome.Unexpected("there is nothing to restart")
                        : new Outcome.Passed(pair, signal);
        };
    }

    /** Where both offer at once the impolite one's offer stands, whichever came first. */
    private static Outcome offer(Pair pair, long from, String sdp) {
        boolean polite = from == pair.older();
        if (pair.offerer() == pair.other(from) && polite) {
            return new Outcome.Ignored(Signal.Ignored.GLARE);
        }
        long number = pair.negotiation() + 1;
        Pair offered = new Pair(
                pair.older(), pair.newer(), number, from, pair.olderSide(), pair.newerSide(), Sdp.fragments(sdp));
        return new Outcome.Passed(offered, new Signal.Offer(number, sdp));
    }

    private static Outcome answer(Pair pair, long from, long negotiation, String sdp) {
        // One to what is settled was said again, for its sender does not know that it had come.
        if (negotiation < pair.negotiation() || negotiation == pair.negotiation() && isSettled(pair)) {
            return STALE;
        }
        if (negotiation > pair.negotiation() || pair.offerer() != pair.other(from)) {
            return new Outcome.Unexpected("nobody waits for an answer of this peer in negotiation " + negotiation);
        }
        Pair.Side answered = new Pair.Side(true, Sdp.fragments(sdp));
        Pair.Side offered = new Pair.Side(true, pair.offered());
        boolean byOlder = from == pair.older();
        Pair settled = new Pair(
                pair.older(),
                pair.newer(),
                negotiation,
                0,
                byOlder ? answered : offered,
                byOlder ? offered : answered,
                List.of());
        return new Outcome.Passed(settled, new Signal.Answer(negotiation, sdp));
    }

    private static boolean isSettled(Pair pair) {
        return pair.negotiation() > 0 && pair.offerer() == 0;
    }

    /** It takes a number of its own, so that an answer that crosses it is late. */
    private static Outcome rollback(Pair pair, long from) {
        if (pair.offerer() == from) {
            Pair settled = new Pair(
                    pair.older(),
                    pair.newer(),
                    pair.negotiation() + 1,
                    0,
                    pair.olderSide(),
                    pair.newerSide(),
                    List.of());
            return new Outcome.Passed(settled, new Signal.Rollback(pair.negotiation()));
        }
        return pair.negotiation() == 0 ? new Outcome.Unexpected("there is no offer to take back") : STALE;
    }

    private static Outcome trickle(Pair pair, long from, Signal signal, @Nullable String fragment) {
        if (pair.negotiation() == 0) {
            return new Outcome.Unexpected("a candidate comes after the description that it belongs to");
        }
        boolean offers = pair.offerer() == from;
        Pair.Side settled = pair.side(from);
        if (!offers && !settled.described()) {
            return STALE;
        }
        boolean known = fragment == null
                || settled.described() && isOf(settled.fragments(), fragment)
                || offers && isOf(pair.offered(), fragment);
        return known ? new Outcome.Passed(pair, signal) : STALE;
    }

    /** A description without fragments, which no browser makes, has any. */
    private static boolean isOf(List<String> fragments, String fragment) {
        return fragments.isEmpty() || fragments.contains(fragment);
    }
}
