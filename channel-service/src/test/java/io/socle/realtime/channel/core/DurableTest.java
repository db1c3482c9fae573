package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Named cursors on a channel's history (clauses DUR). */
class DurableTest {
    private static final DurableName BILLING = new DurableName(TestOwner.CHAT, "alice", "billing");
    private static final Duration WEEK = Duration.ofDays(7);

    private final TestOwner owner = new TestOwner();

    private List<Effect> attachFrom(int slot, Read.@Nullable Start start) {
        return owner.commandFrom(slot, 1, new Command.Durable(BILLING, 0, new DurableAction.Attach(start, false)));
    }

    private Reply.Attached attach(Read.@Nullable Start start) {
        return (Reply.Attached) TestOwner.reply(attachFrom(3, start));
    }

    private Reply act(long generation, DurableAction action) {
        return TestOwner.reply(owner.commandFrom(3, 1, new Command.Durable(BILLING, generation, action)));
    }

    private Reply ack(long generation, Position position) {
        return act(generation, new DurableAction.Ack(position, 0));
    }

    private static FailureCode refusal(Reply reply) {
        return PublishTest.refusal(reply);
    }

    @Test
    void one_that_is_new_begins_where_it_is_asked_to_and_one_that_exists_at_its_cursor_DUR_2() {
        Position last = owner.publish(5);
        Reply.Attached first = attach(new Read.Start.Last(2));
        assertThat(first.cursor().offset()).isEqualTo(3);
        assertThat(first.existed()).isFalse();
        assertThat(ack(first.generation(), new Position(last.epoch(), 4))).isEqualTo(new Reply.Done());

        Reply.Attached second = attach(null);
        assertThat(second.cursor().offset()).isEqualTo(4);
        assertThat(second.existed()).isTrue();
        assertThat(second.generation()).isGreaterThan(first.generation());
    }

    @Test
    void on_a_channel_without_messages_it_begins_before_the_first() {
        assertThat(attach(null).cursor().offset()).isZero();
        assertThat(owner.publish(1).offset()).isEqualTo(1);
        assertThat(attach(null).cursor().offset()).isZero();
    }

    @Test
    void a_start_that_never_existed_is_refused_and_leaves_nothing() {
        Position unknown = new Position(1, 1);
        assertThat(refusal(TestOwner.reply(attachFrom(3, new Read.Start.After(unknown)))))
                .isEqualTo(FailureCode.UNKNOWN_POSITION);
        assertThat(owner.tables.durables().contents()).isEmpty();
        assertThat(owner.tables.channels().contents()).isEmpty();
    }

    @Test
    void names_of_different_subjects_are_apart_DUR_1() {
        owner.publish(3);
        Reply.Attached ours = attach(new Read.Start.Last(3));
        DurableName theirs = new DurableName(TestOwner.CHAT, "bob", "billing");
        Reply reply =
                TestOwner.reply(owner.command(new Command.Durable(theirs, 0, new DurableAction.Attach(null, false))));
        assertThat(((Reply.Attached) reply).existed()).isFalse();
        assertThat(ack(ours.generation(), ours.cursor().plus(1))).isEqualTo(new Reply.Done());
        assertThat(owner.channel("chat/1").durables()).isEqualTo(2);
    }

    @Test
    void an_ack_is_cumulative_and_never_moves_the_cursor_back_DUR_3() {
        Position last = owner.publish(5);
        long generation = attach(new Read.Start.Last(5)).generation();
        ack(generation, new Position(last.epoch(), 4));
        ack(generation, new Position(last.epoch(), 2));
        assertThat(attach(null).cursor().offset()).isEqualTo(4);
    }

    @Test
    void an_ack_of_a_position_that_does_not_exist_is_refused_DUR_3() {
        Position last = owner.publish(5);
        long generation = attach(null).generation();
        assertThat(refusal(ack(generation, last.plus(1)))).isEqualTo(FailureCode.UNKNOWN_POSITION);
        assertThat(refusal(ack(generation, new Position(last.epoch() + 1, 1)))).isEqualTo(FailureCode.UNKNOWN_POSITION);
    }

    @Test
    void a_later_attachment_ends_the_earlier_which_is_told_and_refused_from_then_on_DUR_6() {
        Position last = owner.publish(2);
        Reply.Attached first = (Reply.Attached) TestOwner.reply(attachFrom(2, new Read.Start.Last(2)));
        List<Effect> effects = attachFrom(3, null);
        assertThat(effects.getFirst()).isInstanceOfSatisfying(Effect.EndDurable.class, end -> {
            assertThat(end.slot()).isEqualTo(2);
            assertThat(end.generation()).isEqualTo(first.generation());
            assertThat(end.problem().code()).isEqualTo(FailureCode.TAKEN_OVER);
        });
        assertThat(refusal(ack(first.generation(), last))).isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(refusal(act(first.generation(), new DurableAction.Detach(0))))
                .isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(attach(null).cursor().offset())
                .as("nothing was acknowledged")
                .isZero();
    }

    @Test
    void a_node_that_is_dead_or_began_anew_is_not_told() {
        attachFrom(2, null);
        owner.unasked(new Command.NodeDead(2, 1));
        assertThat(attachFrom(3, null)).hasSize(1);
        owner.commandFrom(3, 5, new Command.NodeStarted());
        assertThat(owner.commandFrom(3, 5, new Command.Durable(BILLING, 0, new DurableAction.Attach(null, false))))
                .hasSize(1);
    }

    @Test
    void what_was_sent_and_not_acknowledged_is_known_at_the_next_attachment_DUR_5() {
        Position last = owner.publish(5);
        long generation = attach(new Read.Start.Last(5)).generation();
        act(generation, new DurableAction.Ack(new Position(last.epoch(), 2), 4));
        assertThat(attach(null).delivered()).isEqualTo(4);
    }

    @Test
    void a_reader_page_by_page_acknowledges_without_an_attachment_unless_somebody_is_attached() {
        Position last = owner.publish(5);
        act(0, new DurableAction.Attach(new Read.Start.Last(5), true));
        assertThat(ack(0, last)).isEqualTo(new Reply.Done());
        attach(null);
        assertThat(refusal(ack(0, last))).isEqualTo(FailureCode.TAKEN_OVER);
    }

    @Test
    void one_that_was_deleted_is_unknown_and_its_attachment_is_told_DUR_8() {
        Reply.Attached attached = attach(null);
        List<Effect> effects = owner.command(new Command.Durable(BILLING, 0, new DurableAction.Delete()));
        assertThat(effects.getFirst())
                .isInstanceOfSatisfying(
                        Effect.EndDurable.class,
                        end -> assertThat(end.problem().code()).isEqualTo(FailureCode.DURABLE_UNKNOWN));
        assertThat(refusal(ack(attached.generation(), attached.cursor()))).isEqualTo(FailureCode.DURABLE_UNKNOWN);
        assertThat(owner.channel("chat/1").durables()).isZero();
        assertThat(owner.tables.expiries().contents()).isEmpty();
        assertThat(attach(null).existed()).isFalse();
    }

    @Test
    void it_expires_when_nobody_was_attached_for_long_enough_DUR_7() {
        long generation = attach(null).generation();
        act(generation, new DurableAction.Detach(0));
        owner.later(WEEK.minusMillis(1)).unasked(new Command.Tick());
        assertThat(owner.tables.durables().contents()).isNotEmpty();
        assertThat(owner.partition().isDue(owner.now)).isFalse();
        owner.later(Duration.ofMillis(1));
        assertThat(owner.partition().isDue(owner.now)).isTrue();
        owner.unasked(new Command.Tick());
        assertThat(owner.tables.durables().contents()).isEmpty();
        assertThat(owner.tables.expiries().contents()).isEmpty();
        assertThat(owner.channel("chat/1").durables()).isZero();
    }

    @Test
    void it_does_not_expire_while_a_node_is_attached_and_then_lasts_the_whole_time_again_DUR_7() {
        attach(null);
        owner.later(WEEK.multipliedBy(3)).unasked(new Command.Tick());
        owner.later(WEEK.minusMillis(1)).unasked(new Command.NodeDead(3, 1));
        owner.later(Duration.ofMillis(1)).unasked(new Command.Tick());
        owner.later(WEEK.minusMillis(1)).unasked(new Command.Tick());
        assertThat(owner.tables.durables().contents())
                .as("from the tick that saw the death on")
                .isNotEmpty();
        owner.later(Duration.ofMillis(1)).unasked(new Command.Tick());
        assertThat(owner.tables.durables().contents()).isEmpty();
    }

    @Test
    void a_channel_has_at_most_as_many_as_its_policy_allows_DUR_9() {
        var two = new Policies.Policy(10, 1 << 20, WEEK, new Policies.Durables(2, WEEK));
        owner.keeping(new Policies(Map.of("chat", two), Policies.Policy.DEFAULT, Policies.Deduplication.DEFAULT));
        assertThat(named("a")).isInstanceOf(Reply.Attached.class);
        assertThat(named("b")).isInstanceOf(Reply.Attached.class);
        assertThat(refusal(named("c"))).isEqualTo(FailureCode.TOO_MANY_DURABLES);
        assertThat(named("b")).as("one that exists").isInstanceOf(Reply.Attached.class);
    }

    private Reply named(String name) {
        DurableName of = new DurableName(TestOwner.CHAT, "alice", name);
        return TestOwner.reply(owner.command(new Command.Durable(of, 0, new DurableAction.Attach(null, false))));
    }

    @Test
    void it_holds_back_no_trimming_and_what_was_trimmed_is_lost_exactly_DUR_10() {
        owner.keeping(2, 1 << 20, WEEK);
        Reply.Attached attached = attach(null);
        owner.publish(5);
        assertThat(attach(null).cursor()).isEqualTo(attached.cursor());
        assertThat(TestOwner.brief(owner.after(attached.cursor()).items())).containsExactly("lost 1-3", "4", "5");
    }

    @Test
    void it_outlives_the_process() {
        Position last = owner.publish(5);
        long generation = attach(new Read.Start.Last(5)).generation();
        ack(generation, new Position(last.epoch(), 3));
        owner.reopened();
        assertThat(ack(generation, new Position(last.epoch(), 4))).isEqualTo(new Reply.Done());
        assertThat(attach(null).cursor().offset()).isEqualTo(4);
    }
}
