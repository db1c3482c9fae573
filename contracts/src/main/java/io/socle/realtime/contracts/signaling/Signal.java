package io.socle.realtime.contracts.signaling;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one peer says to another to open, change or mend their connection; its text never shows what is in it (clause SIG-42). */
public sealed interface Signal {
    /**
     * Begins a negotiation.
     *
     * @param negotiation its number within the pair, given by the owner; 0 as long as it has none
     */
    record Offer(long negotiation, String sdp) implements Signal {
        @Override
        public String toString() {
            return "Offer[" + negotiation + ", of " + sdp.length() + " characters]";
        }
    }

    /** Completes the negotiation of that number. */
    record Answer(long negotiation, String sdp) implements Signal {
        @Override
        public String toString() {
            return "Answer[" + negotiation + ", of " + sdp.length() + " characters]";
        }
    }

    /**
     * Takes the sender's own open offer back.
     *
     * @param negotiation of that offer, given by the owner; 0 as long as it has none
     */
    record Rollback(long negotiation) implements Signal {}

    /** A way by which the sender may be reached. */
    record Candidate(IceCandidate candidate) implements Signal {}

    /** There are no more candidates of the description with that username fragment; null for the newest. */
    record EndOfCandidates(@Nullable String usernameFragment) implements Signal {}

    /** Asks the other to begin anew with gathering candidates: to offer with an ICE restart. */
    record Restart() implements Signal {}

    /** The word in frames. */
    default String word() {
        return switch (this) {
            case Offer offer -> "offer";
            case Answer answer -> "answer";
            case Rollback rollback -> "rollback";
            case Candidate candidate -> "candidate";
            case EndOfCandidates end -> "end_of_candidates";
            case Restart restart -> "restart";
        };
    }

    /** About how much room it takes, in characters. */
    default int characters() {
        return switch (this) {
            case Offer offer -> offer.sdp().length();
            case Answer answer -> answer.sdp().length();
            case Candidate candidate -> candidate.candidate().candidate().length();
            case Rollback rollback -> 1;
            case EndOfCandidates end -> 1;
            case Restart restart -> 1;
        };
    }

    /** Why a signal went nowhere although the sender did nothing wrong (clause SIG-24). */
    enum Ignored {
        /** It is of a negotiation, or of a description, that is over. */
        STALE,
        /** Both offered at once, and the other's offer stands. */
        GLARE,
        /** It has only addresses that are not to be told. */
        PRIVATE;

        /** The word in frames: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
