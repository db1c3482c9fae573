package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which nodes a node that sends an ephemeral channel's messages itself is told of (EPH-5). */
class WatchTest {
    private static final ChannelName TYPING = new ChannelName("typing/1");
    private static final NodeLife TWO = new NodeLife(2, 20);
    private static final NodeLife THREE = new NodeLife(3, 30);

    private final TestOwner owner = new TestOwner();

    private List<Effect> from(NodeLife node, Command command) {
        return owner.commandFrom(node.slot(), node.incarnation(), command);
    }

    private List<Effect> watch() {
        return owner.command(new Command.Watch(TYPING));
    }

    private static Command subscribe(String filter) {
        return new Command.Subscribe(new ChannelFilter(filter), true);
    }

    private static Effect interested(NodeLife... nodes) {
        return new Effect.Interested(TestOwner.SLOT, TestOwner.INCARNATION, TYPING, List.of(nodes));
    }

    private static Effect changed() {
        return new Effect.InterestChanged(TestOwner.SLOT, TestOwner.INCARNATION);
    }

    @Test
    void it_is_told_who_wants_the_channel_at_once_and_at_each_change() {
        from(TWO, subscribe("typing/1"));
        List<Effect> effects = watch();
        assertThat(effects.getFirst()).isEqualTo(interested(TWO));
        assertThat(TestOwner.reply(effects)).isEqualTo(new Reply.Done());
        assertThat(from(THREE, subscribe("typing/1"))).contains(interested(TWO, THREE));
        assertThat(from(THREE, subscribe("typing/1"))).as("nothing is new").hasSize(1);
        assertThat(from(THREE, subscribe("typing/2")))
                .as("it does not watch that one")
                .hasSize(1);
        owner.reopened();
        assertThat(from(TWO, new Command.Unsubscribe(new ChannelFilter("typing/1"))))
                .contains(interested(THREE));
    }

    @Test
    void of_filters_and_of_nodes_that_end_it_is_told_only_to_ask_anew() {
        watch();
        assertThat(from(TWO, subscribe("typing/+"))).contains(changed());
        assertThat(watch()).contains(interested(TWO));
        assertThat(owner.unasked(new Command.NodeDead(2, 20))).containsExactly(changed());
        assertThat(watch()).contains(interested());
    }

    @Test
    void one_that_no_longer_watches_or_is_over_is_told_nothing() {
        watch();
        owner.command(new Command.Unwatch(TYPING));
        assertThat(from(TWO, subscribe("typing/1"))).hasSize(1);
        assertThat(from(TWO, subscribe("#"))).hasSize(1);
        watch();
        owner.unasked(new Command.NodeDead(TestOwner.SLOT, TestOwner.INCARNATION));
        assertThat(owner.tables.watches().contents()).isEmpty();
        assertThat(from(THREE, subscribe("typing/1"))).hasSize(1);
    }

    @Test
    void nothing_is_kept_of_an_ephemeral_channel_that_somebody_wants() {
        assertThat(TestOwner.reply(from(TWO, subscribe("typing/1")))).isEqualTo(new Reply.Subscribed(null));
        assertThat(owner.tables.channels().contents()).isEmpty();
    }

    @Test
    void a_node_may_not_watch_more_than_its_limit() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 1, 1, 10, 10));
        Command first = new Command.Watch(TYPING);
        Command second = new Command.Watch(new ChannelName("typing/2"));
        assertThat(TestOwner.reply(small.command(first))).isEqualTo(new Reply.Done());
        assertThat(TestOwner.reply(small.command(first))).isEqualTo(new Reply.Done());
        assertThat(PublishTest.refusal(TestOwner.reply(small.command(second))))
                .isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
    }
}
