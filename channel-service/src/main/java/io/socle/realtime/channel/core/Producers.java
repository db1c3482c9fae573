package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ProducerSequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a producer's numbering of one channel. */
final class Producers {
    private Producers() {}

    /** What a producer's number means. */
    sealed interface Verdict {
        /** It is the next one. */
        record Next(ProducerState before, boolean newProducer) implements Verdict {}

        /** It was published at this offset. */
        record Repeat(long offset) implements Verdict {}

        record Refusal(Problem problem) implements Verdict {}
    }

    static Verdict judge(@Nullable ProducerState known, ProducerSequence number, int producers, int most) {
        if (known == null) {
            return producers < most ? first(number, true) : refusal(FailureCode.TOO_MANY_PRODUCERS);
        }
        if (number.epoch() < known.epoch()) {
            return refusal(FailureCode.PRODUCER_FENCED);
        }
        if (number.epoch() > known.epoch()) {
            return first(number, false);
        }
        long ahead = number.sequence() - known.lastSequence();
        if (ahead > 1) {
            return gap(known.lastSequence() + 1);
        }
        return ahead == 1 ? new Verdict.Next(known, false) : repeat(known, -ahead);
    }

    private static Verdict first(ProducerSequence number, boolean newProducer) {
        return number.sequence() == 1
                ? new Verdict.Next(new ProducerState(number.epoch(), 0, List.of()), newProducer)
                : gap(1);
    }

    private static Verdict repeat(ProducerState known, long back) {
        int remembered = known.lastOffsets().size();
        return back < remembered
                ? new Verdict.Repeat(known.lastOffsets().get(remembered - 1 - (int) back))
                : refusal(FailureCode.SEQUENCE_FORGOTTEN);
    }

    private static Verdict gap(long expected) {
        return new Verdict.Refusal(
                new Problem(FailureCode.SEQUENCE_GAP, "the next sequence of this producer is " + expected));
    }

    private static Verdict refusal(FailureCode code) {
        return new Verdict.Refusal(Problem.of(code));
    }
}
