package io.socle.realtime.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check of a durable subscription on histories made by hand; each second is one step. */
class DurableCheckTest {
    private static final String CHANNEL = "a";
    private static final String SUBSCRIPTION = "d";
    private static final Rules RULES = new Rules(3, 100, true, Duration.ofSeconds(30), Duration.ofSeconds(4));

    private final List<History.Entry> entries = new ArrayList<>();
    private long seconds;

    private void add(Event event) {
        entries.add(new History.Entry(Duration.ofSeconds(++seconds).toNanos(), "client", event));
    }

    private static Position at(long offset) {
        return new Position(7, offset);
    }

    private void published(int number) {
        add(new Event.Send(CHANNEL, "m" + number, number));
        add(new Event.Ack(CHANNEL, "m" + number, at(number), false));
    }

    private void delivered(int number) {
        add(new Event.Deliver(SUBSCRIPTION, CHANNEL, at(number), "m" + number, number, ""));
    }

    private void caughtUp(int offset) {
        add(new Event.CaughtUp(SUBSCRIPTION, at(offset).toString()));
    }

    private List<Kind> kinds() {
        return HistoryCheck.violations(entries, RULES).stream()
                .map(Violation::kind)
                .toList();
    }

    private void attached(int offset) {
        add(new Event.Attach(SUBSCRIPTION, CHANNEL));
        add(new Event.Attached(SUBSCRIPTION, at(offset)));
    }

    private void acknowledged(int offset) {
        add(new Event.Acknowledge(SUBSCRIPTION, at(offset)));
    }

    @Test
    void what_a_durable_subscription_has_not_acknowledged_may_come_again() {
        attached(0);
        caughtUp(0);
        published(1);
        published(2);
        delivered(1);
        delivered(2);
        delivered(1);
        delivered(2);
        acknowledged(1);
        add(new Event.Disconnect(SUBSCRIPTION));
        attached(1);
        delivered(2);
        caughtUp(2);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void a_durable_cursor_beyond_what_was_acknowledged_is_found() {
        attached(0);
        caughtUp(0);
        published(1);
        delivered(1);
        add(new Event.Disconnect(SUBSCRIPTION));
        attached(1);
        caughtUp(1);
        assertThat(kinds()).containsExactly(Kind.CURSOR_BEYOND_ACKS);
    }

    @Test
    void a_durable_cursor_that_went_back_is_found() {
        attached(0);
        caughtUp(0);
        published(1);
        delivered(1);
        acknowledged(1);
        add(new Event.Disconnect(SUBSCRIPTION));
        attached(1);
        caughtUp(1);
        add(new Event.Disconnect(SUBSCRIPTION));
        attached(0);
        delivered(1);
        caughtUp(1);
        assertThat(kinds()).containsExactly(Kind.CURSOR_WENT_BACK);
    }

    @Test
    void an_acknowledgement_that_was_not_handed_on_in_time_is_found() {
        attached(0);
        caughtUp(0);
        published(1);
        add(new Event.Healed());
        delivered(1);
        acknowledged(1);
        seconds += 5;
        add(new Event.Disconnect(SUBSCRIPTION));
        attached(0);
        delivered(1);
        caughtUp(1);
        assertThat(kinds()).containsExactly(Kind.ACK_FORGOTTEN);
    }

    @Test
    void a_message_left_out_of_a_durable_subscription_is_found() {
        attached(0);
        caughtUp(0);
        published(1);
        published(2);
        delivered(2);
        assertThat(kinds()).containsExactly(Kind.GAP, Kind.ACKED_LOSS);
    }

    @Test
    void a_durable_subscription_must_be_attached_at_the_end() {
        attached(0);
        caughtUp(0);
        add(new Event.Disconnect(SUBSCRIPTION));
        assertThat(kinds()).containsExactly(Kind.NOT_CAUGHT_UP);
    }
}
