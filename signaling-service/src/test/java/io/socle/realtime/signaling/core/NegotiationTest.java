package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.Signal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Between peers 1, which is polite, and 2. */
class NegotiationTest {
    private static final long POLITE = 1;
    private static final long IMPOLITE = 2;

    private Pair pair = Pair.begin(IMPOLITE, POLITE);

    private Signal passes(long from, Signal signal) {
        var outcome = Negotiation.say(pair, from, signal);
        assertThat(outcome).isInstanceOf(Negotiation.Outcome.Passed.class);
        var passed = (Negotiation.Outcome.Passed) outcome;
        pair = passed.pair();
        return passed.signal();
    }

    private void ignored(long from, Signal signal, Signal.Ignored why) {
        assertThat(Negotiation.say(pair, from, signal)).isEqualTo(new Negotiation.Outcome.Ignored(why));
    }

    private void unexpected(long from, Signal signal) {
        assertThat(Negotiation.say(pair, from, signal)).isInstanceOf(Negotiation.Outcome.Unexpected.class);
    }

    private static Signal offer(String fragment) {
        return new Signal.Offer(0, RoomFixture.sdp(fragment));
    }

    private static Signal answer(long negotiation, String fragment) {
        return new Signal.Answer(negotiation, RoomFixture.sdp(fragment));
    }

    private static Signal candidate(@Nullable String fragment) {
        return new Signal.Candidate(new IceCandidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0", 0, fragment));
    }

    @Test
    void an_offer_gets_a_number_and_its_answer_names_it() { // SIG-21
        assertThat(passes(POLITE, offer("a"))).isEqualTo(new Signal.Offer(1, RoomFixture.sdp("a")));
        assertThat(passes(IMPOLITE, answer(1, "b"))).isEqualTo(answer(1, "b"));
        assertThat(passes(IMPOLITE, offer("c"))).isEqualTo(new Signal.Offer(2, RoomFixture.sdp("c")));
        passes(POLITE, answer(2, "d"));
    }

    @Test
    void a_polite_offer_that_comes_second_goes_no_further() { // SIG-22
        passes(IMPOLITE, offer("i"));
        ignored(POLITE, offer("p"), Signal.Ignored.GLARE);
        ignored(POLITE, candidate("p"), Signal.Ignored.STALE);
        passes(POLITE, answer(1, "p2"));
        passes(POLITE, candidate("p2"));
    }

    @Test
    void a_polite_offer_that_came_first_is_void_when_the_impolite_one_offers() { // SIG-22
        passes(POLITE, offer("p"));
        passes(POLITE, candidate("p"));
        passes(IMPOLITE, offer("i"));
        ignored(POLITE, candidate("p"), Signal.Ignored.STALE);
        ignored(IMPOLITE, answer(1, "i"), Signal.Ignored.STALE);
        passes(POLITE, answer(2, "p2"));
        passes(IMPOLITE, candidate("i"));
    }

    @Test
    void a_second_offer_replaces_the_first_and_a_rollback_takes_it_back() { // SIG-23
        passes(POLITE, offer("a"));
        passes(POLITE, offer("b"));
        ignored(IMPOLITE, answer(1, "x"), Signal.Ignored.STALE);
        assertThat(passes(POLITE, new Signal.Rollback(0))).isEqualTo(new Signal.Rollback(2));
        ignored(IMPOLITE, answer(2, "x"), Signal.Ignored.STALE);
        ignored(POLITE, new Signal.Rollback(0), Signal.Ignored.STALE);
        assertThat(passes(IMPOLITE, offer("c"))).isEqualTo(new Signal.Offer(4, RoomFixture.sdp("c")));
    }

    @Test
    void an_answer_that_is_said_again_goes_no_further() { // SIG-24
        unexpected(IMPOLITE, answer(0, "x"));
        passes(POLITE, offer("a"));
        passes(IMPOLITE, answer(1, "b"));
        ignored(IMPOLITE, answer(1, "b"), Signal.Ignored.STALE);
        passes(IMPOLITE, candidate("b"));
    }

    @Test
    void candidates_are_of_a_present_description() { // SIG-24, SIG-26
        passes(POLITE, offer("a"));
        ignored(IMPOLITE, candidate("b"), Signal.Ignored.STALE);
        passes(IMPOLITE, answer(1, "b"));
        passes(IMPOLITE, candidate("b"));
        passes(IMPOLITE, candidate(null));
        passes(IMPOLITE, new Signal.EndOfCandidates("b"));
        ignored(IMPOLITE, candidate("a"), Signal.Ignored.STALE);
        passes(POLITE, offer("a2"));
        passes(POLITE, candidate("a"));
        passes(POLITE, candidate("a2"));
        passes(IMPOLITE, answer(2, "b2"));
        ignored(POLITE, candidate("a"), Signal.Ignored.STALE);
        ignored(IMPOLITE, new Signal.EndOfCandidates("b"), Signal.Ignored.STALE);
        passes(IMPOLITE, candidate("b2"));
    }

    @Test
    void what_never_fits_is_refused() { // SIG-25
        unexpected(POLITE, answer(1, "a"));
        unexpected(POLITE, candidate("a"));
        unexpected(POLITE, new Signal.EndOfCandidates(null));
        unexpected(POLITE, new Signal.Rollback(0));
        unexpected(POLITE, new Signal.Restart());
        passes(POLITE, offer("a"));
        unexpected(POLITE, answer(1, "a"));
        unexpected(IMPOLITE, answer(2, "b"));
        passes(IMPOLITE, answer(1, "b"));
        passes(IMPOLITE, new Signal.Restart());
        unexpected(IMPOLITE, answer(2, "b"));
    }
}
