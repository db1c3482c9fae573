package io.socle.realtime.gateway.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** To which nodes a message of an ephemeral channel goes (EPH-2, EPH-5). */
class RoutesTest {
    private static final ChannelName TYPING = new ChannelName("typing/1");
    private static final ChannelName OTHER = new ChannelName("typing/2");
    private static final Command WATCH = new Command.Watch(TYPING);
    private static final NodeLife SELF = new NodeLife(SimulatedNode.SLOT, 7);
    private static final NodeLife ONE = new NodeLife(1, 10);
    private static final NodeLife TWO = new NodeLife(2, 20);

    private final SimulatedNode node = new SimulatedNode(2);

    @Test
    void the_first_messages_wait_for_the_owners_word_and_go_in_their_order() {
        node.send(TYPING, "a");
        node.send(TYPING, "b");
        assertThat(node.commands).as("asked once").containsExactly(WATCH);
        node.routes.interested(TYPING, List.of(SELF, ONE));
        node.send(TYPING, "c");
        assertThat(node.received(1)).containsExactly("a", "b", "c");
        assertThat(node.received(SimulatedNode.SLOT))
                .as("its own links have it already")
                .isEmpty();
        assertThat(node.commands).hasSize(1);
    }

    @Test
    void a_change_of_interest_holds_from_the_next_message_on() {
        node.send(TYPING, "a");
        node.routes.interested(TYPING, List.of(ONE));
        node.routes.interested(TYPING, List.of(ONE, TWO));
        node.send(TYPING, "b");
        node.routes.interested(TYPING, List.of(TWO));
        node.send(TYPING, "c");
        node.routes.interested(TYPING, List.of());
        node.send(TYPING, "d");
        assertThat(node.received(1)).containsExactly("a", "b");
        assertThat(node.received(2)).containsExactly("b", "c");
    }

    @Test
    void what_is_doubtful_is_used_until_the_owner_says_more() {
        node.send(TYPING, "a");
        node.routes.interested(TYPING, List.of(ONE));
        node.routes.interestChanged(node.partition(TYPING));
        node.send(TYPING, "b");
        node.send(TYPING, "c");
        assertThat(node.received(1)).containsExactly("a", "b", "c");
        assertThat(node.commands).as("asked anew, once").containsExactly(WATCH, WATCH);
        node.routes.interested(TYPING, List.of(ONE));
        node.routes.interestChanged(1 + node.partition(TYPING));
        node.send(TYPING, "d");
        assertThat(node.commands).as("another partition").hasSize(2);
        node.routes.interestLost();
        node.send(TYPING, "e");
        assertThat(node.commands).hasSize(3);
    }

    @Test
    void an_owner_that_says_nothing_is_asked_again_after_a_while() {
        node.send(TYPING, "a");
        node.nanos += Routes.ASK_AGAIN.toNanos() - 1;
        node.send(TYPING, "b");
        assertThat(node.commands).hasSize(1);
        node.nanos++;
        node.send(TYPING, "c");
        assertThat(node.commands).hasSize(2);
    }

    @Test
    void few_messages_wait_and_not_for_long() {
        IntStream.rangeClosed(0, Route.WAITING).forEach(n -> node.send(TYPING, "" + n));
        assertThat(node.dropped).containsExactly(Map.entry(EphemeralMetrics.Dropped.ROUTE_UNKNOWN, 1));
        node.nanos++;
        node.send(TYPING, "last");
        node.nanos += Route.LONGEST_WAIT.toNanos();
        node.routes.interested(TYPING, List.of(ONE));
        assertThat(node.received(1)).containsExactly("last");
        assertThat(node.dropped).containsEntry(EphemeralMetrics.Dropped.ROUTE_UNKNOWN, Route.WAITING + 1);
    }

    @Test
    void an_idle_channel_is_forgotten_and_the_owner_told() {
        node.send(TYPING, "a");
        node.routes.interested(TYPING, List.of(ONE));
        node.nanos += Routes.IDLE.toNanos() - 1;
        node.routes.forgetIdle();
        assertThat(node.routes.size()).isEqualTo(1);
        node.nanos++;
        node.routes.forgetIdle();
        assertThat(node.routes.size()).isZero();
        assertThat(node.commands).containsExactly(WATCH, new Command.Unwatch(TYPING));
        node.routes.interested(TYPING, List.of(ONE, TWO));
        node.send(TYPING, "b");
        assertThat(node.received(1)).as("what was known is not used").containsExactly("a");
        assertThat(node.commands).endsWith(WATCH);
    }

    @Test
    void what_is_sent_and_what_the_log_does_not_take_is_counted() {
        node.send(TYPING, "a");
        node.routes.interested(TYPING, List.of(ONE, TWO));
        assertThat(node.sent).isEqualTo(2);
        node.broken = true;
        node.send(TYPING, "b");
        assertThat(node.dropped).containsExactly(Map.entry(EphemeralMetrics.Dropped.NOT_SENT, 2));
    }

    @Test
    void no_more_channels_are_in_use_than_the_limit() {
        assertThat(node.send(TYPING, "a")).isTrue();
        assertThat(node.send(OTHER, "a")).isTrue();
        assertThat(node.send(new ChannelName("typing/3"), "a")).isFalse();
        assertThat(node.send(TYPING, "b")).as("one that is in use").isTrue();
    }
}
