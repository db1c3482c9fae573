package io.socle.realtime.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check on histories made by hand; each second is one step unless a test says otherwise. */
class HistoryCheckTest {
    private static final String CHANNEL = "a";
    private static final String SUBSCRIPTION = "s";
    private static final Rules RULES = new Rules(3, 100, true, Duration.ofSeconds(30), Duration.ofSeconds(4));

    private final List<History.Entry> entries = new ArrayList<>();
    private long seconds;

    private void add(Event event) {
        entries.add(new History.Entry(Duration.ofSeconds(++seconds).toNanos(), "client", event));
    }

    private static Position at(long offset) {
        return new Position(7, offset);
    }

    private void subscribed() {
        add(new Event.Subscribe(SUBSCRIPTION, Set.of(CHANNEL)));
        add(new Event.Subscribed(SUBSCRIPTION, at(0).toString()));
    }

    private void published(int number) {
        add(new Event.Send(CHANNEL, "m" + number, number));
        add(new Event.Ack(CHANNEL, "m" + number, at(number), false));
    }

    private void delivered(int number) {
        delivered(number, number, number);
    }

    private void delivered(int number, int offset, long payload) {
        add(new Event.Deliver(
                SUBSCRIPTION,
                CHANNEL,
                at(offset),
                "m" + number,
                payload,
                at(offset).toString()));
    }

    private void resumed(int offset) {
        add(new Event.Disconnect(SUBSCRIPTION));
        add(new Event.Resume(SUBSCRIPTION, at(offset).toString()));
        add(new Event.Subscribed(SUBSCRIPTION, at(offset).toString()));
    }

    private void caughtUp(int offset) {
        add(new Event.CaughtUp(SUBSCRIPTION, at(offset).toString()));
    }

    private List<Kind> kinds() {
        return HistoryCheck.violations(entries, RULES).stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    void a_clean_history_has_no_violation() {
        subscribed();
        published(1);
        delivered(1);
        published(2);
        resumed(1);
        delivered(2);
        caughtUp(2);
        add(new Event.Healed());
        published(3);
        delivered(3);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void an_acknowledged_message_that_never_came_is_a_loss() {
        subscribed();
        published(1);
        delivered(1);
        published(2);
        assertThat(kinds()).containsExactly(Kind.ACKED_LOSS);
    }

    @Test
    void a_message_whose_outcome_is_unknown_need_not_come() {
        subscribed();
        add(new Event.Send(CHANNEL, "m1", 1));
        add(new Event.Unknown(CHANNEL, "m1", "timeout"));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void what_was_published_before_a_subscription_began_is_not_owed() {
        published(1);
        add(new Event.Subscribe(SUBSCRIPTION, Set.of(CHANNEL)));
        add(new Event.Subscribed(SUBSCRIPTION, at(1).toString()));
        published(2);
        delivered(2);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void a_subscription_with_an_opaque_cursor_is_owed_what_was_sent_after_it_stood() {
        add(new Event.Subscribe(SUBSCRIPTION, Set.of(CHANNEL)));
        published(1);
        add(new Event.Subscribed(SUBSCRIPTION, "opaque"));
        published(2);
        assertThat(kinds()).containsExactly(Kind.ACKED_LOSS);
        delivered(2);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void who_has_left_is_owed_nothing_more() {
        subscribed();
        published(1);
        delivered(1);
        add(new Event.Leave(SUBSCRIPTION));
        published(2);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void a_position_left_out_is_a_gap() {
        subscribed();
        published(1);
        published(2);
        delivered(2);
        assertThat(kinds()).containsExactly(Kind.GAP, Kind.ACKED_LOSS);
    }

    @Test
    void what_was_told_as_lost_is_no_loss_if_history_is_beyond_it() {
        subscribed();
        for (int i = 1; i <= 5; i++) {
            published(i);
        }
        resumed(0);
        add(new Event.Lost(SUBSCRIPTION, CHANNEL, at(1), at(2), at(2).toString()));
        for (int i = 3; i <= 5; i++) {
            delivered(i);
        }
        caughtUp(5);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void what_history_still_has_cannot_be_lost() {
        subscribed();
        published(1);
        published(2);
        add(new Event.Lost(SUBSCRIPTION, CHANNEL, at(1), at(1), at(1).toString()));
        delivered(2);
        assertThat(kinds()).containsExactly(Kind.FALSE_LOSS);
    }

    @Test
    void nothing_is_skipped_where_everything_is_owed() {
        subscribed();
        published(1);
        add(new Event.Skipped(SUBSCRIPTION, CHANNEL, at(1), at(1), at(1).toString()));
        assertThat(kinds()).containsExactly(Kind.FALSE_SKIP);
    }

    @Test
    void a_range_must_not_have_what_the_subscription_already_had() {
        subscribed();
        for (int i = 1; i <= 5; i++) {
            published(i);
            delivered(i);
        }
        add(new Event.Lost(SUBSCRIPTION, CHANNEL, at(2), at(2), ""));
        assertThat(kinds()).containsExactly(Kind.WRONG_RANGE);
    }

    @Test
    void a_position_twice_in_one_life_is_a_duplicate() {
        subscribed();
        published(1);
        delivered(1);
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.DUPLICATE);
    }

    @Test
    void a_repeat_after_a_resume_is_allowed_after_the_cursor_only() {
        subscribed();
        for (int i = 1; i <= 3; i++) {
            published(i);
            delivered(i);
        }
        resumed(1);
        delivered(2);
        delivered(3);
        caughtUp(3);
        assertThat(kinds()).isEmpty();
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.BEFORE_CURSOR);
    }

    @Test
    void a_later_position_first_is_out_of_order() {
        subscribed();
        published(1);
        published(2);
        delivered(2);
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.GAP, Kind.OUT_OF_ORDER);
    }

    @Test
    void a_changed_payload_is_found() {
        subscribed();
        published(1);
        delivered(1, 1, 99);
        assertThat(kinds()).containsExactly(Kind.PAYLOAD_CHANGED);
    }

    @Test
    void two_messages_at_one_position_are_found() {
        published(1);
        add(new Event.Send(CHANNEL, "m2", 2));
        add(new Event.Ack(CHANNEL, "m2", at(1), false));
        assertThat(kinds()).contains(Kind.TWO_AT_A_POSITION);
    }

    @Test
    void one_id_at_two_positions_is_found() {
        subscribed();
        published(1);
        delivered(1);
        delivered(1, 2, 1);
        assertThat(kinds()).containsExactly(Kind.ID_AT_TWO_POSITIONS);
    }

    @Test
    void a_message_that_nobody_sent_is_found() {
        subscribed();
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.NEVER_SENT);
    }

    @Test
    void a_message_whose_attempts_were_all_refused_must_not_come() {
        subscribed();
        add(new Event.Send(CHANNEL, "m1", 1));
        add(new Event.Refused(CHANNEL, "m1", "unavailable"));
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.REFUSED_BUT_PUBLISHED);
    }

    @Test
    void a_message_with_an_attempt_without_answer_may_come() {
        subscribed();
        add(new Event.Send(CHANNEL, "m1", 1));
        add(new Event.Send(CHANNEL, "m1", 1));
        add(new Event.Refused(CHANNEL, "m1", "unavailable"));
        delivered(1);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void who_sends_after_an_acknowledgement_gets_a_later_position() {
        add(new Event.Send(CHANNEL, "m2", 2));
        add(new Event.Ack(CHANNEL, "m2", at(2), false));
        published(1);
        assertThat(kinds()).containsExactly(Kind.BEHIND_AN_ACK);
    }

    @Test
    void a_changed_epoch_is_found() {
        published(1);
        add(new Event.Send(CHANNEL, "m2", 2));
        add(new Event.Ack(CHANNEL, "m2", new Position(8, 2), false));
        assertThat(kinds()).containsExactly(Kind.EPOCH_CHANGED);
    }

    @Test
    void caught_up_must_not_come_before_what_was_acknowledged_before_the_resume() {
        subscribed();
        published(1);
        resumed(0);
        caughtUp(0);
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.FALSE_CAUGHT_UP);
    }

    @Test
    void what_was_acknowledged_before_the_heal_must_come_within_the_limit_after_it() {
        subscribed();
        published(1);
        add(new Event.Healed());
        seconds += 40;
        delivered(1);
        assertThat(kinds()).containsExactly(Kind.NOT_CAUGHT_UP);
    }

    @Test
    void who_does_not_stand_at_the_end_has_not_caught_up() {
        subscribed();
        add(new Event.Disconnect(SUBSCRIPTION));
        assertThat(kinds()).containsExactly(Kind.NOT_CAUGHT_UP);
    }

    @Test
    void a_refused_cursor_is_found() {
        subscribed();
        add(new Event.ResumeRefused(SUBSCRIPTION, at(0).toString(), "unknown_position"));
        assertThat(kinds()).containsExactly(Kind.CURSOR_REFUSED);
    }
}
