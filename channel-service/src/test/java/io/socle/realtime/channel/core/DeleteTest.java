package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages and channels that are deleted are gone for every later reader (clauses DEL). */
class DeleteTest {
    private static final Reply DONE = new Reply.Done();
    private static final long MUCH = 1L << 30;
    private static final Duration LONG = Duration.ofDays(1);

    private final TestOwner owner = new TestOwner();

    private Reply delete(Position position) {
        return TestOwner.reply(owner.command(new Command.Delete(TestOwner.CHAT, position)));
    }

    private List<Effect> deleteChannel() {
        return owner.command(new Command.Delete(TestOwner.CHAT, null));
    }

    private MessageBuilder collapsing(String key) {
        return owner.message().offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, key));
    }

    private List<Reply.PageItem> retained() {
        return ((Reply.Page) owner.read(new Read.Retained(TestOwner.CHAT))).items();
    }

    private static Position at(Position position, long offset) {
        return new Position(position.epoch(), offset);
    }

    @Test
    void a_deleted_message_is_a_stub_that_readers_skip_DEL_2() {
        Position last = owner.publish(3);
        assertThat(delete(at(last, 2))).isEqualTo(DONE);
        assertThat(owner.everything()).containsExactly("1", "skipped 2-2", "3");
        assertThat(owner.entry(2).message()).isNull();
        Reply.FilterPage page = (Reply.FilterPage)
                owner.read(new Read.Filtered(new ChannelFilter("chat/#"), -1, null, TestOwner.PLENTY));
        assertThat(page.items()).extracting(Reply.FilterItem::logPosition).containsExactly(100L, 102L);
    }

    @Test
    void what_is_deleted_or_trimmed_already_can_be_deleted_again_DEL_3() {
        Position last = owner.keeping(2, MUCH, LONG).publish(4);
        assertThat(delete(at(last, 3))).isEqualTo(DONE);
        assertThat(delete(at(last, 3))).isEqualTo(DONE);
        assertThat(delete(at(last, 1))).isEqualTo(DONE);
        assertThat(owner.everything()).containsExactly("lost 1-2", "skipped 3-3", "4");
    }

    @Test
    void a_position_that_no_message_has_is_unknown_DEL_3() {
        Position last = owner.publish(3);
        for (Position unknown :
                List.of(at(last, 4), at(last, 0), at(last, Long.MAX_VALUE), new Position(last.epoch() + 1, 2))) {
            assertThat(PublishTest.refusal(delete(unknown))).as("%s", unknown).isEqualTo(FailureCode.UNKNOWN_POSITION);
        }
        assertThat(owner.everything()).containsExactly("1", "2", "3");
        deleteChannel();
        assertThat(PublishTest.refusal(delete(last))).isEqualTo(FailureCode.UNKNOWN_POSITION);
        assertThat(owner.tables.channels().contents()).isEmpty();
    }

    @Test
    void a_deleted_message_is_not_retained_any_more_and_no_older_one_is_DEL_2() {
        Position first = ((Reply.Published) owner.publish(owner.message().retain(true))).position();
        Position second = ((Reply.Published) owner.publish(owner.message().retain(true))).position();
        delete(first);
        assertThat(TestOwner.brief(retained())).containsExactly("2");
        delete(second);
        assertThat(retained()).isEmpty();
        assertThat(owner.tables.retained().contents()).isEmpty();
        assertThat(owner.channel("chat/1").retained()).isNull();
    }

    @Test
    void a_retained_message_that_history_has_lost_can_still_be_deleted_DEL_2() {
        owner.keeping(1, MUCH, LONG);
        Position first = ((Reply.Published) owner.publish(owner.message().retain(true))).position();
        owner.publish(3);
        assertThat(delete(first)).isEqualTo(DONE);
        assertThat(owner.tables.retained().contents()).isEmpty();
    }

    @Test
    void a_repeat_of_a_deleted_message_is_not_published_again_DEL_4() {
        MessageBuilder message = owner.message();
        Position position = ((Reply.Published) owner.publish(message)).position();
        delete(position);
        assertThat(owner.publish(message)).isEqualTo(new Reply.Published(position, true));
        assertThat(owner.everything()).containsExactly("skipped 1-1");
    }

    @Test
    void its_collapse_key_is_forgotten_and_the_next_message_of_the_key_collapses_nothing() {
        owner.publish(collapsing("k"));
        Position second = ((Reply.Published) owner.publish(collapsing("k"))).position();
        delete(second);
        assertThat(owner.channel("chat/1").collapseKeys()).isZero();
        assertThat(owner.tables.collapsed().contents()).isEmpty();
        owner.publish(collapsing("k"));
        owner.publish(collapsing("k"));
        assertThat(owner.everything()).containsExactly("skipped 1-3", "4");
        assertThat(owner.channel("chat/1").collapseKeys()).isEqualTo(1);
    }

    @Test
    void its_bytes_no_longer_count_and_its_place_does() {
        owner.keeping(3, MUCH, LONG);
        Position last = owner.publish(3);
        long before = bytes();
        int size = Sizes.of(owner.stored(2));
        delete(at(last, 2));
        assertThat(bytes()).isEqualTo(before - size + 1);
        delete(at(last, 2));
        assertThat(bytes()).isEqualTo(before - size + 1);
        owner.publish(1);
        assertThat(owner.everything()).containsExactly("lost 1-1", "skipped 2-2", "3", "4");
    }

    @Test
    void an_estimate_of_bytes_never_falls_below_what_its_places_count() {
        owner.keeping(160, MUCH, LONG);
        owner.publish(9);
        Position large =
                ((Reply.Published) owner.publish(owner.message().json("\"" + "x".repeat(5000) + "\""))).position();
        owner.publish(155);
        delete(large);
        Segment first = owner.channel("chat/1").segments().getFirst();
        assertThat(first.first()).isEqualTo(6);
        assertThat(first.bytes()).isEqualTo(5);
    }

    private long bytes() {
        return owner.channel("chat/1").segments().stream()
                .mapToLong(Segment::bytes)
                .sum();
    }

    @Test
    void a_deleted_channel_is_gone_with_all_that_it_had_DEL_5() {
        owner.publish(3);
        owner.publish(collapsing("k").retain(true));
        owner.command(new Command.Publish(owner.message().build(), new ProducerSequence("p", 1, 1)));
        owner.command(durable("billing", new DurableAction.Attach(null, false)));
        assertThat(TestOwner.reply(deleteChannel())).isEqualTo(DONE);
        assertThat(owner.everything()).isEmpty();
        assertThat(retained()).isEmpty();
        MemoryTables tables = owner.tables;
        assertThat(Stream.of(
                        tables.channels(),
                        tables.history(),
                        tables.retained(),
                        tables.collapsed(),
                        tables.producers(),
                        tables.durables(),
                        tables.expiries(),
                        tables.dues(),
                        tables.remains()))
                .allMatch(table -> table.contents().isEmpty());
        assertThat(owner.partition().isDue(owner.now + LONG.toMillis())).isFalse();
    }

    private static Command durable(String name, DurableAction action) {
        return new Command.Durable(new DurableName(TestOwner.CHAT, "alice", name), 0, action);
    }

    @Test
    void a_channel_that_is_not_there_can_be_deleted_and_is_not_made_DEL_6() {
        assertThat(deleteChannel()).hasSize(1);
        assertThat(TestOwner.reply(deleteChannel())).isEqualTo(DONE);
        assertThat(owner.tables.channels().contents()).isEmpty();
    }

    @Test
    void each_node_that_wants_the_channel_by_name_is_told_once_and_those_with_filters_are_not_DEL_7() {
        Position last = owner.publish(1);
        owner.commandFrom(2, 20, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.commandFrom(3, 30, new Command.Subscribe(new ChannelFilter("chat/1")));
        owner.commandFrom(4, 40, new Command.Subscribe(new ChannelFilter("chat/#")));
        owner.unasked(new Command.NodeDead(3, 30));
        assertThat(deleteChannel().getFirst()).isEqualTo(new Effect.EndChannel(2, 20, TestOwner.CHAT, last.epoch()));
        assertThat(deleteChannel()).hasSize(1);
    }

    @Test
    void the_next_message_makes_the_channel_anew_and_old_positions_and_cursors_are_unknown_DEL_8() {
        Position before = owner.publish(3);
        owner.command(durable("billing", new DurableAction.Attach(null, false)));
        deleteChannel();
        Position after = owner.publish(5);
        assertThat(after.offset()).isEqualTo(5);
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        for (Read read : List.of(
                new Read.Forward(TestOwner.CHAT, new Read.Start.After(before), TestOwner.PLENTY),
                new Read.Backward(TestOwner.CHAT, before, TestOwner.PLENTY))) {
            assertThat(PublishTest.refusal(owner.read(read))).isEqualTo(FailureCode.UNKNOWN_POSITION);
        }
        assertThat(PublishTest.refusal(
                        TestOwner.reply(owner.command(durable("billing", new DurableAction.Ack(before, 0))))))
                .isEqualTo(FailureCode.DURABLE_UNKNOWN);
        var anew = (Reply.Attached)
                TestOwner.reply(owner.command(durable("billing", new DurableAction.Attach(null, false))));
        assertThat(anew.existed()).isFalse();
        assertThat(anew.cursor()).isEqualTo(after);
    }

    @Test
    void ids_and_numbers_of_the_old_life_mean_nothing_in_the_new_one_DEL_8() {
        MessageBuilder message = owner.message();
        MessageBuilder numbered = owner.message();
        owner.publish(2);
        owner.publish(message);
        owner.command(new Command.Publish(numbered.build(), new ProducerSequence("p", 7, 1)));
        deleteChannel();
        assertThat(owner.publish(message))
                .isInstanceOfSatisfying(
                        Reply.Published.class, done -> assertThat(done.repeat()).isFalse());
        Reply first =
                TestOwner.reply(owner.command(new Command.Publish(numbered.build(), new ProducerSequence("p", 1, 1))));
        assertThat(first)
                .isInstanceOfSatisfying(
                        Reply.Published.class, done -> assertThat(done.repeat()).isFalse());
        assertThat(owner.everything()).containsExactly("1", "2");
    }

    @Test
    void a_filter_replays_nothing_of_the_old_life_and_calls_none_of_it_lost_DEL_5() {
        owner.keeping(2, MUCH, LONG).publish(3);
        deleteChannel();
        assertThat(replayed()).isEmpty();
        owner.publish(1);
        assertThat(replayed()).containsExactly(new Reply.FilterItem.Message(owner.logPosition, owner.stored(1)));
    }

    private List<Reply.FilterItem> replayed() {
        var read = new Read.Filtered(new ChannelFilter("#"), -1, null, TestOwner.PLENTY);
        return ((Reply.FilterPage) owner.read(read)).items();
    }

    @Test
    void a_timer_of_the_old_life_does_nothing_to_the_new_one() {
        owner.publish(1);
        deleteChannel();
        owner.later(Duration.ofHours(1)).publish(1);
        assertThat(owner.tables.dues().contents()).hasSize(1);
        owner.later(LONG.minusMinutes(30)).unasked(new Command.Tick());
        assertThat(owner.everything()).containsExactly("1");
    }

    @Test
    void a_large_channel_is_gone_at_once_and_its_records_go_a_bounded_number_at_a_time_DEL_9() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 10, 10, 10, 4));
        for (int i = 0; i < 10; i++) {
            small.publish(small.message().offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, "k" + i)));
            small.command(durable("d" + i, new DurableAction.Attach(null, false)));
        }
        small.command(new Command.Publish(small.message().build(), new ProducerSequence("p", 1, 1)));
        small.command(new Command.Delete(TestOwner.CHAT, null));
        assertThat(small.everything()).isEmpty();
        assertThat(small.tables.history().contents()).hasSize(7);
        assertThat(small.tables.durables().contents()).hasSize(10);

        Position anew = small.publish(2);
        small.command(durable("d1", new DurableAction.Attach(null, false)));
        assertThat(small.partition().isDue(0)).isTrue();
        int ticks = 0;
        while (small.partition().isDue(0)) {
            small.reopened().unasked(new Command.Tick());
            ticks++;
        }
        // 32 records in steps of 4, the first with the deletion; one more step finds that there are none.
        assertThat(ticks).isEqualTo(8);
        assertThat(small.everything()).containsExactly("1", "2");
        assertThat(small.tables.history().contents()).hasSize(2);
        assertThat(small.tables.durables().contents()).hasSize(1);
        assertThat(small.tables.expiries().contents()).hasSize(1);
        assertThat(small.tables.collapsed().contents()).isEmpty();
        assertThat(small.tables.producers().contents()).isEmpty();
        assertThat(small.publish(1).epoch()).isEqualTo(anew.epoch());
    }

    @Test
    void a_durable_of_a_deleted_channel_that_waits_for_its_purge_does_not_expire_into_the_new_one() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 10, 10, 10, 1));
        Duration week = Policies.Durables.DEFAULT.expireAfter();
        for (int i = 0; i < 6; i++) {
            small.command(durable("d" + i, new DurableAction.Attach(null, true)));
        }
        small.command(new Command.Delete(TestOwner.CHAT, null));
        small.later(week).command(durable("d5", new DurableAction.Attach(null, true)));
        small.unasked(new Command.Tick());
        assertThat(small.channel("chat/1").durables()).isEqualTo(1);
        small.later(week).unasked(new Command.Tick());
        assertThat(small.channel("chat/1").durables()).isZero();
    }

    @Test
    void a_channel_can_be_deleted_again_and_again_while_its_first_life_is_still_purged() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 10, 10, 10, 1));
        small.publish(5);
        for (int i = 0; i < 3; i++) {
            small.command(new Command.Delete(TestOwner.CHAT, null));
            assertThat(small.publish(4).offset()).isEqualTo(4);
            assertThat(small.everything()).containsExactly("1", "2", "3", "4");
        }
        while (small.partition().isDue(0)) {
            small.unasked(new Command.Tick());
        }
        assertThat(small.everything()).containsExactly("1", "2", "3", "4");
        assertThat(small.tables.history().contents()).hasSize(4);
    }

    @Test
    void an_attachment_that_was_told_of_the_deletion_cannot_move_the_cursor_of_the_new_life() {
        Position last = owner.publish(3);
        var old = (Reply.Attached) TestOwner.reply(
                owner.command(durable("billing", new DurableAction.Attach(new Read.Start.Last(3), false))));
        deleteChannel();
        owner.publish(3);
        owner.command(durable("billing", new DurableAction.Attach(new Read.Start.Last(3), false)));
        DurableName of = new DurableName(TestOwner.CHAT, "alice", "billing");
        var ack = new Command.Durable(of, old.generation(), new DurableAction.Ack(last, 0));
        assertThat(PublishTest.refusal(TestOwner.reply(owner.command(ack)))).isEqualTo(FailureCode.TAKEN_OVER);
    }

    @Test
    void another_channel_of_the_partition_is_not_touched() {
        ChannelName other = new ChannelName("chat/11");
        owner.publish(2);
        owner.publish(owner.message(other).retain(true));
        deleteChannel();
        var page = (Reply.Page) owner.read(new Read.Forward(other, new Read.Start.Last(9), TestOwner.PLENTY));
        assertThat(page.items()).hasSize(1);
        assertThat(owner.tables.retained().contents()).hasSize(1);
    }
}
