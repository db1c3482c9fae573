package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Incoming;
import org.junit.jupiter.api.Test;

/** What a node's subscribers see of a channel that is deleted, however the node learns of it (clauses DEL). */
class DeletedChannelTest {
    private static final ChannelName CHANNEL = new ChannelName("a/c");
    private static final Problem DELETED = Problem.of(FailureCode.CHANNEL_DELETED);

    private final HubBench bench = new HubBench();
    private final RecordingLink link = new RecordingLink();
    private final Subscriber subscriber = bench.subscriber(link, 10);

    private static Position at(long offset) {
        return new Position(SimulatedOwners.EPOCH, offset);
    }

    private Subscription live(String name) {
        Subscription subscription = subscriber.subscribe(bench.request(name, "a/c", null));
        bench.settle();
        return subscription;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            bench.publish("a/c");
        }
    }

    @Test
    void every_subscription_of_the_channel_ends_and_a_filter_goes_on_DEL_7() {
        Subscription one = live("s");
        Subscription two = live("t");
        subscriber.subscribe(bench.request("f", "a/#", null));
        bench.settle();
        bench.owners.deleteChannel(CHANNEL, false);
        RealtimeMessage next = bench.publish("a/c");
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED, DELETED);
        assertThat(one.isEnded() && two.isEnded()).isTrue();
        assertThat(link.messages("f")).containsExactly(next);
        assertThat(link.messages("s")).isEmpty();
    }

    @Test
    void after_the_deletion_one_can_subscribe_anew_and_a_late_repeat_of_the_notice_changes_nothing() {
        live("s");
        bench.owners.deleteChannel(CHANNEL, false);
        bench.settle();
        live("s2");
        bench.owners.deliveries.add(
                new Incoming.ChannelDeleted(new Delivery.ChannelDeleted(CHANNEL, SimulatedOwners.EPOCH)));
        RealtimeMessage next = bench.publish("a/c");
        bench.settle();
        assertThat(link.messages("s2")).containsExactly(next);
        assertThat(bench.failures).hasSize(1);
    }

    @Test
    void a_notice_that_comes_while_a_first_subscription_begins_does_not_end_it() {
        bench.owners.deliveries.add(
                new Incoming.ChannelDeleted(new Delivery.ChannelDeleted(CHANNEL, SimulatedOwners.EPOCH)));
        live("s");
        RealtimeMessage next = bench.publish("a/c");
        bench.settle();
        assertThat(link.messages("s")).containsExactly(next);
    }

    @Test
    void a_node_that_missed_the_notice_learns_of_it_from_the_next_message_DEL_7() {
        live("s");
        publish(3);
        bench.settle();
        bench.owners.deleteChannel(CHANNEL, true);
        publish(1);
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED);
        assertThat(link.messages("s")).hasSize(3);
        assertThat(bench.gaps).isZero();
    }

    @Test
    void a_node_that_missed_the_notice_learns_of_it_when_it_asks_anew_DEL_7() {
        live("s");
        publish(3);
        bench.settle();
        bench.owners.deleteChannel(CHANNEL, true);
        bench.hub.resync();
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED);
        assertThat(link.frames(ServerFrame.Lost.class)).isEmpty();
    }

    @Test
    void a_resume_whose_pages_are_on_their_way_ends_without_a_lost_or_a_message_of_the_next_channel_DEL_7() {
        publish(12);
        subscriber.subscribe(bench.request("s", "a/c", new Since.AtPosition(at(1))));
        bench.step(1);
        bench.step(1);
        assertThat(link.messages("s")).hasSize(5);
        bench.owners.deleteChannel(CHANNEL, false);
        publish(20);
        bench.settle();
        // The page that was asked for before the deletion came before the notice.
        assertThat(link.messages("s")).hasSize(10);
        assertThat(link.frames(ServerFrame.Lost.class)).isEmpty();
        assertThat(link.frames(ServerFrame.CaughtUp.class)).isEmpty();
        assertThat(bench.failures).containsExactly(DELETED);
    }

    @Test
    void a_resume_that_reads_on_after_a_missed_deletion_ends_as_well_DEL_7() {
        publish(12);
        subscriber.subscribe(bench.request("s", "a/c", new Since.AtPosition(at(1))));
        bench.step(1);
        bench.owners.deleteChannel(CHANNEL, true);
        publish(20);
        bench.owners.interest.clear();
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED);
        assertThat(link.frames(ServerFrame.Lost.class)).isEmpty();
    }

    @Test
    void the_last_messages_of_another_life_are_never_taken_for_those_of_the_one_asked_for() {
        publish(3);
        subscriber.subscribe(bench.request("s", "a/c", new Since.Last(2)));
        bench.owners.deleteChannel(CHANNEL, true);
        publish(5);
        bench.settle();
        assertThat(link.messages("s")).isEmpty();
        assertThat(bench.failures).containsExactly(DELETED);
    }

    @Test
    void what_still_waits_for_a_slow_client_is_not_sent_any_more_DEL_7() {
        live("s");
        link.room = 1;
        publish(4);
        bench.settle();
        bench.owners.deleteChannel(CHANNEL, false);
        bench.settle();
        link.room = 100;
        subscriber.writable();
        assertThat(link.messages("s")).hasSize(1);
        assertThat(bench.failures).containsExactly(DELETED);
    }

    @Test
    void a_durable_subscription_ends_without_telling_an_owner_who_has_forgotten_it_DEL_7() {
        subscriber.subscribe(bench.durable("s", "a/c", null, 4));
        bench.settle();
        bench.owners.deleteChannel(CHANNEL, false);
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED);
        assertThat(bench.owners.durables.actions).hasSize(1).first().isInstanceOf(DurableAction.Attach.class);
    }

    @Test
    void an_attachment_that_is_on_its_way_when_the_channel_ends_leaves_nobody_attached() {
        subscriber.subscribe(bench.durable("s", "a/c", null, 4));
        bench.step(1);
        bench.owners.deliveries.addFirst(
                new Incoming.ChannelDeleted(new Delivery.ChannelDeleted(CHANNEL, SimulatedOwners.EPOCH)));
        bench.settle();
        assertThat(bench.failures).containsExactly(DELETED);
        assertThat(bench.owners.durables.known.values()).noneMatch(SimulatedDurables.Known::attached);
    }
}
