package io.socle.realtime.gateway.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a publish to an ephemeral channel (EPH-1, EPH-4, EPH-8). */
class EphemeralPublisherTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChannelName TYPING = new ChannelName("typing/1");

    private final EphemeralNamespaces namespaces = new EphemeralNamespaces(Set.of("typing"));
    private final SimulatedNode node = new SimulatedNode(1);
    private final RecordingSink local = new RecordingSink(Runnable::run);
    private final EphemeralPublisher publisher = new EphemeralPublisher(
            namespaces,
            node,
            node.routes,
            local,
            message -> message.toBuilder().source("delivered here").build(),
            () -> NOW,
            node);

    private static MessageBuilder message(ChannelName channel) {
        return RealtimeMessage.builder("m1", channel).qos(Qos.EXACTLY_ONCE).json("1");
    }

    private static void refused(FailureCode code, @Nullable Problem problem) {
        assertThat(Objects.requireNonNull(problem).code()).isEqualTo(code);
    }

    @Test
    void it_reaches_this_nodes_links_and_other_nodes_at_most_once_and_with_a_time() {
        node.send(TYPING, "opens the path");
        node.routes.interested(TYPING, List.of(new NodeLife(1, 10)));
        assertThat(publisher.publish(message(TYPING).build(), null)).isNull();
        RealtimeMessage sent =
                message(TYPING).qos(Qos.AT_MOST_ONCE).timestamp(NOW).build();
        assertThat(local.messages)
                .containsExactly(sent.toBuilder().source("delivered here").build());
        assertThat(DeliveryRecords.decode(node.records.getLast()).content()).isEqualTo(new Delivery.Ephemeral(sent));
    }

    @Test
    void a_publishers_own_time_stays() {
        Instant before = NOW.minusSeconds(1);
        publisher.publish(message(TYPING).timestamp(before).build(), null);
        assertThat(local.messages.getFirst().timestamp()).isEqualTo(before);
    }

    @Test
    void what_cannot_be_kept_or_numbered_is_refused_and_goes_nowhere() {
        RealtimeMessage retained = message(TYPING).retain(true).build();
        refused(FailureCode.EPHEMERAL_CHANNEL, publisher.publish(retained, null));
        var numbered = new ProducerSequence("p", 1, 1);
        refused(FailureCode.EPHEMERAL_CHANNEL, publisher.publish(message(TYPING).build(), numbered));
        node.ready = false;
        refused(FailureCode.UNAVAILABLE, publisher.publish(message(TYPING).build(), null));
        assertThat(local.messages).isEmpty();
        assertThat(node.commands).isEmpty();
    }

    @Test
    void beyond_the_channels_that_a_node_serves_it_is_refused_with_advice() {
        publisher.publish(message(TYPING).build(), null);
        Problem refusal = publisher.publish(message(new ChannelName("typing/2")).build(), null);
        refused(FailureCode.OVERLOADED, refusal);
        assertThat(Objects.requireNonNull(refusal).retryAfter()).isNotNull();
        assertThat(local.messages).hasSize(1);
    }

    @Test
    void only_channels_of_the_namespace_are_published_here() {
        assertThat(publisher.publishes(TYPING)).isTrue();
        assertThat(publisher.publishes(new ChannelName("chat/typing"))).isFalse();
        assertThat(namespaces.contains(new ChannelFilter("typing/+"))).isTrue();
        assertThat(namespaces.contains(new ChannelFilter("+/1"))).isFalse();
        assertThat(namespaces.contains(new ChannelFilter("chat/#"))).isFalse();
    }
}
