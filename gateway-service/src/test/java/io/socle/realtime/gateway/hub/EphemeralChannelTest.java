package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Channels without positions (clauses EPH); the bench has the ephemeral namespace "typing". */
class EphemeralChannelTest {
    private final HubBench bench = new HubBench();
    private final RecordingLink link = new RecordingLink();
    private final Subscriber subscriber = bench.subscriber(link, 3);

    private Subscription subscribe(String filter) {
        return subscribe(filter, Overflow.RECOVER);
    }

    private Subscription subscribe(String filter, Overflow overflow) {
        Subscription subscription = subscriber.subscribe(bench.request("s", filter, null, overflow, 0));
        bench.settle();
        return subscription;
    }

    @Test
    void a_message_reaches_who_is_subscribed_and_nobody_who_comes_later() { // EPH-1, EPH-3
        bench.ephemeral("typing/1");
        subscribe("typing/1");
        assertThat(bench.opened).containsExactly((String) null);
        RealtimeMessage message = bench.ephemeral("typing/1");
        bench.ephemeral("typing/2");
        assertThat(link.messages("s")).containsExactly(message);
        assertThat(link.flushes).isEqualTo(1);
    }

    @Test
    void a_filter_of_the_namespace_stands_when_all_owners_have_answered() {
        Subscription subscription = subscriber.subscribe(bench.request("s", "typing/+", null));
        bench.step(SimulatedOwners.PARTITIONS - 1);
        assertThat(bench.opened).isEmpty();
        bench.settle();
        assertThat(bench.opened).containsExactly((String) null);
        RealtimeMessage message = bench.ephemeral("typing/2");
        assertThat(link.messages("s")).containsExactly(message);
        subscriber.unsubscribe(subscription);
        bench.ephemeral("typing/2");
        assertThat(link.messages("s")).hasSize(1);
        assertThat(bench.owners.interest).isEmpty();
    }

    @Test
    void a_filter_over_all_namespaces_gets_ephemeral_messages_without_a_cursor_between_the_others() {
        subscribe("#");
        RealtimeMessage first = bench.publish("chat/1");
        bench.settle();
        RealtimeMessage second = bench.ephemeral("typing/1");
        RealtimeMessage third = bench.publish("chat/1");
        bench.settle();
        assertThat(link.messages("s")).containsExactly(first, second, third);
        assertThat(link.frames(ServerFrame.Message.class).get(1).cursor()).isNull();
        assertThat(link.frames(ServerFrame.Message.class).get(2).cursor()).isNotNull();
    }

    @Test
    void a_slow_link_loses_the_oldest_and_is_told_how_many() { // EPH-6
        subscribe("typing/1");
        link.room = 0;
        List<RealtimeMessage> messages = IntStream.range(0, 5)
                .mapToObj(any -> bench.ephemeral("typing/1"))
                .toList();
        link.room = 100;
        subscriber.writable();
        assertThat(link.messages("s")).containsExactlyElementsOf(messages.subList(2, 5));
        assertThat(link.frames(ServerFrame.Slow.class))
                .containsExactly(new ServerFrame.Slow("s", ServerFrame.SlowPolicy.DROP_OLDEST, 2));
    }

    @Test
    void a_slow_link_that_conflates_has_the_newest_of_each_key() { // EPH-6
        subscribe("typing/1", Overflow.CONFLATE);
        link.room = 0;
        RealtimeMessage first = keyed("a");
        RealtimeMessage second = keyed("a");
        link.room = 100;
        subscriber.writable();
        assertThat(link.messages("s")).containsExactly(second).doesNotContain(first);
    }

    private RealtimeMessage keyed(String key) {
        RealtimeMessage message = bench.draft("typing/1").toBuilder()
                .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, key))
                .build();
        bench.hub.accept(List.of(new Incoming.Ephemeral(new SharedMessage(message))));
        return message;
    }

    @Test
    void what_needs_positions_is_refused_and_asks_no_owner() { // EPH-4
        refused(bench.request("s", "typing/1", new Since.Last(1)));
        refused(bench.request("s", "typing/1", new Since.AtPosition(new Position(7, 1))));
        refused(bench.request("s", "typing/+", new Since.AtCursor("x")));
        refused(bench.request("s", "typing/1", null, Overflow.RECOVER, 10));
        refused(bench.durable("s", "typing/1", null, 10));
        assertThat(bench.opened).isEmpty();
        Subscription subscription = subscribe("typing/1");
        refused(bench.request("t", "typing/1", new Since.Last(1)));
        assertThat(bench.opened).hasSize(1);
        assertThatThrownBy(() -> subscription.ack("7:1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo(FailureCode.EPHEMERAL_CHANNEL));
    }

    private void refused(SubscriptionRequest request) {
        bench.failures.clear();
        assertThat(subscriber.subscribe(request).isEnded()).isTrue();
        bench.settle();
        assertThat(bench.failures).extracting(Problem::code).containsExactly(FailureCode.EPHEMERAL_CHANNEL);
    }

    @Test
    void an_owner_that_may_have_forgotten_is_asked_again() {
        subscribe("typing/1");
        bench.owners.interest.clear();
        bench.hub.resync();
        bench.settle();
        assertThat(bench.owners.interest).containsExactly(new ChannelFilter("typing/1"));
        bench.owners.interest.clear();
        bench.owners.away = true;
        bench.hub.resync();
        bench.settle();
        bench.owners.away = false;
        bench.owners.interest.clear();
        bench.settleDelayed();
        assertThat(bench.owners.interest).containsExactly(new ChannelFilter("typing/1"));
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void nodes_that_do_not_agree_yet_on_what_is_ephemeral_lose_nothing_by_it() { // EPH-7
        subscribe("typing/1");
        RealtimeMessage logged = bench.publish("typing/1");
        bench.settle();
        @Nullable Position position = logged.position();
        assertThat(position).isNotNull();
        subscriber.subscribe(bench.request("c", "chat/1", null));
        bench.settle();
        RealtimeMessage unlogged = bench.ephemeral("chat/1");
        assertThat(link.messages("s")).containsExactly(logged);
        assertThat(link.messages("c")).containsExactly(unlogged);
    }
}
