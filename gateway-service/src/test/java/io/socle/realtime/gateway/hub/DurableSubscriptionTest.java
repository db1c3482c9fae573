package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A link's side of durable subscriptions (clauses DUR). */
class DurableSubscriptionTest {
    private static final DurableName BILLING = new DurableName(new ChannelName("c"), "alice", "billing");

    private final HubBench bench = new HubBench();
    private final RecordingLink link = new RecordingLink();
    private final Subscriber subscriber = bench.subscriber(link, 10);

    private static Position at(long offset) {
        return new Position(SimulatedOwners.EPOCH, offset);
    }

    private Subscription subscribe(@Nullable Since since, int maxUnacked) {
        Subscription subscription = subscriber.subscribe(bench.durable("s", "c", since, maxUnacked));
        bench.settle();
        return subscription;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            bench.publish("c");
        }
        bench.settle();
    }

    /** Messages as they were written: 3, or 3 again. */
    private static List<String> written(RecordingLink to) {
        return to.frames(ServerFrame.Message.class).stream()
                .map(frame -> offset(frame) + (frame.redelivered() ? " again" : ""))
                .toList();
    }

    private static long offset(ServerFrame.Message frame) {
        Position position = frame.message().position();
        return position == null ? 0 : position.offset();
    }

    private SimulatedDurables.Known stored() {
        SimulatedDurables.Known known = bench.owners.durables.known.get(BILLING);
        if (known == null) {
            throw new AssertionError("not there");
        }
        return known;
    }

    private void waitForAckTime() {
        bench.now = bench.now.plus(HubBench.ACK_TIME);
        subscriber.tick();
        bench.settle();
    }

    @Test
    void it_begins_where_asked_and_says_that_it_is_new_then_at_its_cursor_and_tells_what_had_waited_DUR_4() {
        publish(2);
        Subscription first = subscribe(null, 10);
        assertThat(first.existed()).isFalse();
        assertThat(link.frames).containsExactly(new ServerFrame.CaughtUp("s", at(2).toString(), 0));
        subscriber.unsubscribe(first);
        publish(12);

        Subscription second = subscribe(null, 100);
        assertThat(second.existed()).isTrue();
        assertThat(bench.opened).containsExactly(at(2).toString(), at(2).toString());
        assertThat(link.messages("s")).hasSize(12);
        assertThat(link.frames.getLast()).isEqualTo(new ServerFrame.CaughtUp("s", at(14).toString(), 12));
    }

    @Test
    void acknowledgements_are_collected_and_the_owner_is_told_of_the_last_DUR_3() {
        Subscription subscription = subscribe(null, 10);
        publish(5);
        subscription.ack(at(1).toString());
        subscription.ack(at(2).toString());
        subscription.ack(at(4).toString());
        bench.settle();
        assertThat(stored().acked()).as("not yet").isZero();
        bench.settleDelayed();
        assertThat(stored().acked()).isEqualTo(4);
        assertThat(bench.owners.durables.actions.stream().filter(DurableAction.Ack.class::isInstance))
                .hasSize(1);
    }

    @Test
    void when_it_ends_the_owner_is_told_at_once_of_acknowledgements_and_of_what_was_sent() {
        Subscription subscription = subscribe(null, 10);
        publish(5);
        subscription.ack(at(3).toString());
        subscriber.close();
        bench.settle();
        assertThat(stored()).isEqualTo(new SimulatedDurables.Known(3, 5, 1, false));
    }

    @Test
    void what_is_beyond_what_was_sent_cannot_be_acknowledged() {
        Subscription subscription = subscribe(null, 10);
        publish(2);
        String beyond = at(3).toString();
        assertThatThrownBy(() -> subscription.ack(beyond)).isInstanceOf(ProblemException.class);
    }

    @Test
    void what_is_not_acknowledged_in_time_is_sent_again_and_says_so_DUR_5() {
        Subscription subscription = subscribe(null, 10);
        publish(3);
        subscription.ack(at(1).toString());
        waitForAckTime();
        assertThat(written(link)).containsExactly("1", "2", "3", "2 again", "3 again");

        publish(1);
        subscription.ack(at(4).toString());
        waitForAckTime();
        assertThat(written(link)).endsWith("3 again", "4");
    }

    @Test
    void after_the_clock_was_set_back_what_is_not_acknowledged_is_still_sent_again_DUR_5() {
        subscribe(null, 10);
        publish(2);
        bench.now = bench.now.minusSeconds(3_600);
        subscriber.tick();
        bench.settle();
        assertThat(written(link)).containsExactly("1", "2", "1 again", "2 again");
    }

    @Test
    void what_waits_for_a_link_that_does_not_read_is_not_sent_again_DUR_5() {
        subscribe(null, 10);
        link.room = 1;
        publish(3);
        waitForAckTime();
        link.room = 10;
        subscriber.writable();
        bench.settle();
        assertThat(written(link)).containsExactly("1", "2", "3");
    }

    @Test
    void what_was_sent_before_the_link_broke_is_sent_again_and_says_so_DUR_5() {
        subscribe(null, 10);
        publish(2);
        subscriber.close();
        publish(1);
        RecordingLink next = new RecordingLink();
        bench.subscriber(next, 10).subscribe(bench.durable("s", "c", null, 10));
        bench.settle();
        assertThat(written(next)).containsExactly("1 again", "2 again", "3");
    }

    @Test
    void no_more_than_the_window_is_sent_beyond_the_last_acknowledgement_DUR_3() {
        Subscription subscription = subscribe(null, 2);
        publish(5);
        assertThat(written(link)).containsExactly("1", "2");
        subscription.ack(at(1).toString());
        bench.settle();
        assertThat(written(link)).containsExactly("1", "2", "3");
    }

    @Test
    void a_window_smaller_than_the_backlog_still_tells_the_whole_count_DUR_4() {
        subscriber.unsubscribe(subscribe(null, 2));
        publish(5);
        Subscription subscription = subscribe(null, 2);
        for (int i = 1; i <= 5; i++) {
            subscription.ack(at(i).toString());
            bench.settle();
        }
        assertThat(link.frames(ServerFrame.CaughtUp.class).getLast().flushed()).isEqualTo(5);
    }

    @Test
    void a_later_attachment_ends_it_DUR_6() {
        subscribe(null, 10);
        RecordingLink other = new RecordingLink();
        bench.subscriber(other, 10).subscribe(bench.durable("t", "c", null, 10));
        bench.settle();
        assertThat(bench.failures).extracting(Problem::code).containsExactly(FailureCode.TAKEN_OVER);
        publish(1);
        assertThat(link.messages("s")).isEmpty();
        assertThat(other.messages("t")).hasSize(1);
        assertThat(stored().attached()).isTrue();
    }

    @Test
    void an_acknowledgement_that_is_refused_as_old_ends_it_too() {
        Subscription subscription = subscribe(null, 10);
        publish(1);
        bench.owners.durables.known.put(BILLING, new SimulatedDurables.Known(0, 0, 99, true));
        subscription.ack(at(1).toString());
        bench.settleDelayed();
        assertThat(bench.failures).extracting(Problem::code).containsExactly(FailureCode.TAKEN_OVER);
        assertThat(stored().attached()).isTrue();
    }

    @Test
    void an_owner_that_is_away_is_told_again_later() {
        Subscription subscription = subscribe(null, 10);
        publish(1);
        subscription.ack(at(1).toString());
        bench.owners.away = true;
        bench.delayed.remove().run();
        bench.settle();
        bench.owners.durables.known.put(BILLING, new SimulatedDurables.Known(0, 0, 1, true));
        bench.owners.away = false;
        bench.settleDelayed();
        assertThat(stored().acked()).isEqualTo(1);
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void deleting_forgets_it_and_answers_DUR_8() {
        Subscription subscription = subscribe(null, 10);
        List<Reply> replies = new ArrayList<>();
        subscriber.delete(subscription, (partition, logPosition, reply) -> replies.add(reply));
        bench.settle();
        assertThat(replies).containsExactly(new Reply.Done());
        assertThat(bench.owners.durables.known).isEmpty();
        assertThat(bench.owners.durables.actions).noneMatch(DurableAction.Detach.class::isInstance);
    }

    @Test
    void one_that_ends_before_it_stands_does_not_stay_attached() {
        Subscription subscription = subscriber.subscribe(bench.durable("s", "c", null, 10));
        bench.step(1);
        subscriber.unsubscribe(subscription);
        bench.settle();
        assertThat(stored().attached()).isFalse();
    }

    @Test
    void a_deletion_by_somebody_else_ends_it_DUR_8() {
        subscribe(null, 10);
        bench.owners.durables.end(new ChannelName("c"), 1, FailureCode.DURABLE_UNKNOWN);
        bench.owners.durables.end(new ChannelName("c"), 2, FailureCode.TAKEN_OVER);
        bench.settle();
        assertThat(bench.failures).extracting(Problem::code).containsExactly(FailureCode.DURABLE_UNKNOWN);
    }
}
