package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which gateway nodes a publication goes to (WS-14). */
class InterestTest {
    private final TestOwner owner = new TestOwner();

    @Test
    void a_subscribe_creates_the_channel_and_answers_its_head() {
        Reply.Subscribed subscribed = (Reply.Subscribed) owner.subscribe("chat/1");
        Position created = new Position(0xabcdefL << 40 | 100, 0);
        assertThat(subscribed.head()).isEqualTo(created);
        owner.publish(1);
        assertThat(owner.subscribe("chat/1")).as("idempotent").isEqualTo(new Reply.Subscribed(created.plus(1)));
        assertThat(owner.subscribe("chat/+")).isEqualTo(new Reply.Subscribed(null));
    }

    @Test
    void each_interested_slot_gets_one_delivery_however_many_filters_match() {
        owner.commandFrom(3, 1, new Command.Subscribe(new ChannelFilter("#")));
        owner.commandFrom(2, 1, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.commandFrom(2, 1, new Command.Subscribe(new ChannelFilter("chat/+")));
        owner.commandFrom(4, 1, new Command.Subscribe(new ChannelFilter("other/#")));
        assertThat(publishTo("chat/1")).containsExactly(2, 3);
        owner.reopened();
        assertThat(publishTo("chat/1")).as("interest outlives the process").containsExactly(2, 3);
        owner.commandFrom(2, 1, new Command.Unsubscribe(new ChannelFilter("chat/1")));
        assertThat(publishTo("chat/1")).containsExactly(2, 3);
        owner.commandFrom(2, 1, new Command.Unsubscribe(new ChannelFilter("chat/+")));
        assertThat(publishTo("chat/1")).containsExactly(3);
    }

    @Test
    void a_delivery_names_the_slot_s_present_incarnation() {
        owner.commandFrom(2, 7, new Command.Subscribe(new ChannelFilter("chat/1")));
        List<Effect> effects = owner.command(new Command.Publish(owner.message().build(), null));
        assertThat(effects.getFirst())
                .isInstanceOfSatisfying(
                        Effect.Deliver.class,
                        deliver -> assertThat(deliver.incarnation()).isEqualTo(7));
    }

    @Test
    void each_slot_with_interest_is_told_how_far_it_was_served_and_no_other() {
        owner.commandFrom(2, 7, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.commandFrom(3, 8, new Command.Subscribe(new ChannelFilter("a/#")));
        owner.commandFrom(4, 9, new Command.NodeStarted());
        owner.unasked(new Command.NodeDead(3, 8));
        long last = Objects.requireNonNull(owner.tables.partition().get()).lastPosition();
        assertThat(owner.partition().watermarks()).containsExactly(new Effect.Watermark(2, 7, last));
    }

    @Test
    void filters_follow_the_rules_of_mqtt() {
        owner.commandFrom(1, 99, new Command.Subscribe(new ChannelFilter("#")));
        owner.commandFrom(2, 1, new Command.Subscribe(new ChannelFilter("a/#")));
        owner.commandFrom(3, 1, new Command.Subscribe(new ChannelFilter("+/b")));
        owner.commandFrom(4, 1, new Command.Subscribe(new ChannelFilter("a//c")));
        owner.commandFrom(5, 1, new Command.Subscribe(new ChannelFilter("$presence/#")));
        assertThat(publishTo("a")).containsExactly(1, 2);
        assertThat(publishTo("a/b")).containsExactly(1, 2, 3);
        assertThat(publishTo("a//c")).containsExactly(1, 2, 4);
        assertThat(publishTo("/b")).containsExactly(1, 3);
        assertThat(publishTo("$presence/b")).containsExactly(5);
    }

    @Test
    void a_new_life_of_a_node_voids_the_interest_of_the_old_one() {
        owner.commandFrom(2, 1, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.commandFrom(2, 1, new Command.Subscribe(new ChannelFilter("chat/#")));
        owner.commandFrom(2, 5, new Command.NodeStarted());
        assertThat(publishTo("chat/1")).isEmpty();
        assertThat(owner.tables.interests().contents()).isEmpty();
        owner.commandFrom(2, 5, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.unasked(new Command.NodeDead(2, 4));
        assertThat(publishTo("chat/1")).as("an older life's death is no news").containsExactly(2);
        owner.unasked(new Command.NodeDead(2, 5));
        assertThat(publishTo("chat/1")).isEmpty();
    }

    @Test
    void a_node_may_not_want_more_than_its_limit() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 1, 1, 10, 10));
        assertThat(small.subscribe("a")).isInstanceOf(Reply.Subscribed.class);
        assertThat(small.subscribe("a")).isInstanceOf(Reply.Subscribed.class);
        assertThat(PublishTest.refusal(small.subscribe("b"))).isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        assertThat(small.subscribe("a/#")).isInstanceOf(Reply.Subscribed.class);
        assertThat(PublishTest.refusal(small.subscribe("b/#"))).isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
    }

    private List<Integer> publishTo(String channel) {
        return TestOwner.slots(owner.commandFrom(
                9,
                1,
                new Command.Publish(owner.message(new ChannelName(channel)).build(), null)));
    }
}
