package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Order and idempotence of publications (WS-10, HTTP-3). */
class PublishTest {
    private final TestOwner owner = new TestOwner();

    @Test
    void offsets_are_contiguous_from_one_and_the_epoch_is_cluster_and_creating_command() {
        assertThat(owner.publish(1)).isEqualTo(new Position(0xabcdefL << 40 | 100, 1));
        assertThat(owner.publish(2)).isEqualTo(new Position(0xabcdefL << 40 | 100, 3));
    }

    @Test
    void a_repeat_gets_the_first_position_back_and_is_not_delivered_again() {
        owner.subscribe("chat/1");
        RealtimeMessage message = owner.message().build();
        Command.Publish publish = new Command.Publish(message, null);
        assertThat(TestOwner.slots(owner.command(publish))).containsExactly(TestOwner.SLOT);
        Position first = ((Reply.Published) TestOwner.reply(owner.command(publish))).position();
        owner.publish(3);

        List<Effect> effects = owner.reopened().command(publish);

        assertThat(TestOwner.reply(effects)).isEqualTo(new Reply.Published(first, true));
        assertThat(TestOwner.slots(effects)).isEmpty();
        assertThat(owner.everything()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void the_same_id_on_another_channel_is_another_message() {
        owner.publish(owner.message().id("same"));
        Reply other = owner.publish(owner.message(new ChannelName("chat/2")).id("same"));
        assertThat(((Reply.Published) other).repeat()).isFalse();
    }

    @Test
    void an_id_is_forgotten_after_so_many_publications_or_so_long() {
        owner.keeping(
                new Policies(Map.of(), Policies.Policy.DEFAULT, new Policies.Deduplication(3, Duration.ofSeconds(60))));
        owner.publish(owner.message().id("a"));
        owner.publish(2);
        assertThat(isRepeat("a")).as("3 publications remembered").isTrue();
        owner.publish(1);
        assertThat(isRepeat("a")).as("a fourth came").isFalse();
        owner.later(Duration.ofSeconds(60));
        assertThat(isRepeat("a")).as("exactly as old as the window").isTrue();
        owner.later(Duration.ofMillis(1));
        assertThat(isRepeat("a")).as("older than the window").isFalse();
        assertThat(isRepeat("a")).as("remembered anew").isTrue();
    }

    private boolean isRepeat(String id) {
        return ((Reply.Published) owner.publish(owner.message().id(id))).repeat();
    }

    @Test
    void a_uuid_v7_older_than_the_window_is_refused_because_nobody_can_tell() {
        assertThat(refusal(owner.publish(owner.message().id(uuid(owner.now - 300_001)))))
                .isEqualTo(FailureCode.STALE_MESSAGE_ID);
        assertThat(owner.publish(owner.message().id(uuid(owner.now - 300_000)))).isInstanceOf(Reply.Published.class);
        assertThat(owner.publish(owner.message().id(uuid(owner.now + 3_600_000))))
                .isInstanceOf(Reply.Published.class);
    }

    private static String uuid(long time) {
        String hex = String.format("%012x", time);
        return hex.substring(0, 8) + "-" + hex.substring(8) + "-7abc-9def-0123456789ab";
    }

    @Test
    void a_missing_timestamp_becomes_the_log_time_and_a_given_one_stays() {
        owner.publish(owner.message());
        owner.publish(owner.message().timestamp(Instant.EPOCH));
        assertThat(owner.stored(1).timestamp()).isEqualTo(Instant.ofEpochMilli(owner.now));
        assertThat(owner.stored(2).timestamp()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void log_time_never_goes_back() {
        owner.publish(1);
        owner.now -= 5_000;
        owner.publish(1);
        assertThat(owner.entry(2).time()).isEqualTo(1_000_000L);
    }

    @Test
    void a_producer_is_numbered_without_a_window() {
        assertThat(numbered(1, 1)).isEqualTo("1");
        assertThat(numbered(1, 2)).isEqualTo("2");
        assertThat(numbered(1, 1)).as("a retry gets the first position back").isEqualTo("1 repeat");
        assertThat(numbered(1, 4)).isEqualTo("SEQUENCE_GAP");
        assertThat(numbered(2, 2)).as("an epoch begins with 1").isEqualTo("SEQUENCE_GAP");
        assertThat(numbered(2, 1)).isEqualTo("3");
        assertThat(numbered(1, 3)).as("an older epoch is fenced").isEqualTo("PRODUCER_FENCED");
    }

    @Test
    void a_producer_s_last_32_positions_are_remembered_and_older_ones_are_said_to_be_forgotten() {
        for (int i = 1; i <= 33; i++) {
            assertThat(numbered(1, i)).isEqualTo(String.valueOf(i));
        }
        assertThat(numbered(1, 2)).isEqualTo("2 repeat");
        assertThat(numbered(1, 1)).isEqualTo("SEQUENCE_FORGOTTEN");
    }

    @Test
    void a_number_is_taken_without_a_second_copy_where_the_id_was_published_before() {
        owner.publish(owner.message().id("x"));
        Command.Publish again = new Command.Publish(owner.message().id("x").build(), new ProducerSequence("p", 1, 1));
        assertThat(TestOwner.reply(owner.command(again))).isInstanceOfSatisfying(Reply.Published.class, published -> {
            assertThat(published.repeat()).isTrue();
            assertThat(published.position().offset()).isEqualTo(1);
        });
        assertThat(numbered(1, 2)).as("the numbering went on").isEqualTo("2");
    }

    @Test
    void a_channel_remembers_no_more_producers_than_its_limit() {
        TestOwner small = new TestOwner(new Bounds(100, 2, 10, 10, 10, 10));
        for (int i = 0; i < 2; i++) {
            assertThat(small.command(new Command.Publish(small.message().build(), new ProducerSequence("p" + i, 1, 1))))
                    .isNotEmpty();
        }
        Reply third = TestOwner.reply(
                small.command(new Command.Publish(small.message().build(), new ProducerSequence("p3", 1, 1))));
        assertThat(refusal(third)).isEqualTo(FailureCode.TOO_MANY_PRODUCERS);
        assertThat(small.publish(small.message())).isInstanceOf(Reply.Published.class);
    }

    @Test
    void a_refused_publication_leaves_no_channel_behind() {
        assertThat(numbered(1, 7)).isEqualTo("SEQUENCE_GAP");
        assertThat(owner.tables.channels().contents()).isEmpty();
    }

    @Test
    void a_fenced_node_s_late_publication_is_refused() {
        owner.commandFrom(1, 20, new Command.NodeStarted());
        Reply late = TestOwner.reply(
                owner.commandFrom(1, 19, new Command.Publish(owner.message().build(), null)));
        assertThat(refusal(late)).isEqualTo(FailureCode.NODE_FENCED);
        assertThat(owner.tables.channels().contents()).isEmpty();
        owner.unasked(new Command.NodeDead(1, 20));
        assertThat(refusal(TestOwner.reply(owner.commandFrom(1, 20, new Command.Subscribe(new ChannelFilter("a"))))))
                .isEqualTo(FailureCode.NODE_FENCED);
    }

    private String numbered(long epoch, long sequence) {
        Reply reply = TestOwner.reply(owner.command(
                new Command.Publish(owner.message().build(), new ProducerSequence("p", epoch, sequence))));
        return switch (reply) {
            case Reply.Published published -> published.position().offset() + (published.repeat() ? " repeat" : "");
            case Reply.Refused refused -> refused.problem().code().name();
            default -> reply.toString();
        };
    }

    static FailureCode refusal(Reply reply) {
        return ((Reply.Refused) reply).problem().code();
    }
}
