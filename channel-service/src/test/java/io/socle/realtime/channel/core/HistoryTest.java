package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What history keeps, and what readers are told of the rest (WS-17, WS-20, WS-21, WS-22). */
class HistoryTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final long MUCH = 1L << 30;
    private static final Privacy NOT_STORED = new Privacy(List.of(), false, Privacy.Audit.FULL, null);

    private final TestOwner owner = new TestOwner();

    @Test
    void history_is_trimmed_exactly_by_count_and_the_rest_is_lost() {
        owner.keeping(3, MUCH, LONG).publish(5);
        assertThat(owner.everything()).containsExactly("lost 1-2", "3", "4", "5");
        assertThat(owner.tables.history().contents()).hasSize(3);
    }

    @Test
    void a_policy_of_no_messages_keeps_none_and_still_counts() {
        owner.keeping(0, MUCH, LONG);
        assertThat(owner.publish(2).offset()).isEqualTo(2);
        assertThat(owner.everything()).containsExactly("lost 1-2");
        assertThat(owner.tables.history().contents()).isEmpty();
        assertThat(owner.tables.dues().contents()).isEmpty();
    }

    @Test
    void history_stays_below_its_bytes_in_steps_of_about_a_sixteenth() {
        owner.keeping(1000, 16_000, LONG);
        for (int i = 0; i < 500; i++) {
            owner.publish(owner.message().data(Payload.of(new byte[100])));
        }
        long kept = LongStream.rangeClosed(owner.channel("chat/1").first(), 500)
                .map(offset -> Sizes.of(owner.stored(offset)))
                .sum();
        assertThat(kept).isBetween(16_000L * 14 / 16, 16_000L);
    }

    @Test
    void age_trims_by_ticks_never_early_and_at_most_a_sixteenth_late() {
        owner.keeping(1000, MUCH, Duration.ofSeconds(160));
        for (int i = 0; i < 20; i++) {
            owner.publish(1);
            owner.later(Duration.ofSeconds(10));
        }
        owner.later(Duration.ofSeconds(-10));
        owner.unasked(new Command.Tick());
        long first = owner.channel("chat/1").first();
        // The messages are 190, 180, ... 0 s old; 170 s may or may not have gone.
        assertThat(first).isBetween(3L, 4L);
        owner.later(Duration.ofSeconds(171));
        assertThat(owner.partition().isDue(owner.now)).isTrue();
        owner.unasked(new Command.Tick());
        assertThat(owner.everything()).containsExactly("lost 1-20");
        assertThat(owner.partition().isDue(Long.MAX_VALUE)).isFalse();
        owner.publish(1);
        assertThat(owner.everything()).containsExactly("lost 1-20", "21");
    }

    @Test
    void a_shorter_policy_reaches_quiet_channels_by_the_next_tick() {
        owner.publish(5);
        owner.later(Duration.ofSeconds(10));
        owner.keeping(2, MUCH, LONG);
        assertThat(owner.partition().isDue(owner.now)).isTrue();
        owner.unasked(new Command.Tick());
        assertThat(owner.everything()).containsExactly("lost 1-3", "4", "5");
        assertThat(owner.partition().isDue(owner.now)).isFalse();
    }

    @Test
    void what_may_not_be_stored_has_an_offset_and_is_skipped() {
        owner.publish(1);
        owner.publish(owner.message().privacy(NOT_STORED));
        owner.publish(owner.message().offline(new OfflinePolicy(OfflinePolicy.Mode.DROP, null, null)));
        owner.publish(1);
        assertThat(owner.everything()).containsExactly("1", "skipped 2-3", "4");
    }

    @Test
    void what_has_expired_is_skipped() {
        owner.publish(owner.message().expiry(Instant.ofEpochMilli(owner.now + 1000)));
        owner.publish(
                owner.message().offline(new OfflinePolicy(OfflinePolicy.Mode.QUEUE, Duration.ofSeconds(2), null)));
        assertThat(owner.everything()).containsExactly("1", "2");
        owner.later(Duration.ofSeconds(1));
        assertThat(owner.everything()).containsExactly("skipped 1-1", "2");
        owner.later(Duration.ofSeconds(1));
        assertThat(owner.everything()).containsExactly("skipped 1-2");
        var page = (Reply.Page)
                owner.read(new Read.Forward(TestOwner.CHAT, new Read.Start.Last(9), TestOwner.PLENTY, true));
        assertThat(TestOwner.brief(page.items()))
                .as("whoever has begun to deliver it gets it again")
                .containsExactly("1", "2");
    }

    @Test
    void a_newer_message_of_the_same_collapse_key_replaces_the_older_one() {
        owner.publish(owner.message().offline(latest("a")));
        owner.publish(owner.message().offline(latest("b")));
        owner.publish(owner.message().offline(latest("a")));
        assertThat(owner.everything()).containsExactly("skipped 1-1", "2", "3");
        owner.publish(owner.message().offline(latest("a")).privacy(NOT_STORED));
        assertThat(owner.everything()).containsExactly("skipped 1-1", "2", "skipped 3-4");
    }

    @Test
    void collapse_keys_are_forgotten_with_their_messages() {
        owner.keeping(2, MUCH, LONG);
        for (int i = 0; i < 10; i++) {
            owner.publish(owner.message().offline(latest("key" + i)));
        }
        assertThat(owner.tables.collapsed().contents()).hasSize(2);
        assertThat(owner.channel("chat/1").collapseKeys()).isEqualTo(2);
    }

    private static OfflinePolicy latest(String key) {
        return new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, key);
    }

    @Test
    void the_retained_message_outlives_its_history_until_it_is_replaced_or_deleted() {
        owner.keeping(1, MUCH, LONG);
        owner.publish(owner.message().retain(true));
        owner.publish(3);
        assertThat(retained()).containsExactly("1");
        assertThat(owner.everything()).containsExactly("lost 1-3", "4");
        owner.publish(owner.message().retain(true));
        assertThat(retained()).containsExactly("5");
        owner.publish(owner.message().retain(true).data(Payload.EMPTY));
        assertThat(retained()).isEmpty();
        assertThat(owner.everything())
                .as("the deletion itself is a publication")
                .containsExactly("lost 1-5", "6");
    }

    @Test
    void a_retained_message_expires_and_one_that_may_not_be_stored_is_not_retained() {
        owner.publish(owner.message().retain(true).expiry(Instant.ofEpochMilli(owner.now + 10)));
        owner.publish(owner.message().retain(true).privacy(NOT_STORED));
        assertThat(retained()).containsExactly("1");
        owner.later(Duration.ofMillis(10));
        assertThat(retained()).isEmpty();
    }

    private List<String> retained() {
        return TestOwner.brief(((Reply.Page) owner.read(new Read.Retained(TestOwner.CHAT))).items());
    }

    @Test
    void reading_begins_after_a_position_with_the_last_ones_or_at_a_time() {
        Position end = owner.publish(3);
        owner.later(Duration.ofSeconds(5));
        owner.publish(2);
        assertThat(TestOwner.brief(owner.after(end).items())).containsExactly("4", "5");
        assertThat(brief(new Read.Start.Last(1))).containsExactly("5");
        assertThat(brief(new Read.Start.Last(100))).containsExactly("1", "2", "3", "4", "5");
        assertThat(brief(new Read.Start.Last(0))).isEmpty();
        assertThat(brief(new Read.Start.Since(Instant.ofEpochMilli(owner.now)))).containsExactly("4", "5");
        assertThat(brief(new Read.Start.Since(Instant.ofEpochMilli(owner.now + 1))))
                .isEmpty();
    }

    private List<String> brief(Read.Start start) {
        return TestOwner.brief(owner.forward(start).items());
    }

    @Test
    void a_time_before_what_is_left_tells_everything_trimmed_as_lost() {
        owner.keeping(2, MUCH, LONG).publish(4);
        assertThat(brief(new Read.Start.Since(Instant.EPOCH))).containsExactly("lost 1-2", "3", "4");
        assertThat(brief(new Read.Start.Last(4)))
                .as("the last ones that there are")
                .containsExactly("3", "4");
    }

    @Test
    void a_position_of_another_epoch_or_beyond_the_head_is_unknown() {
        Position end = owner.publish(2);
        assertThat(refusal(new Read.Start.After(end.plus(1)))).isEqualTo(FailureCode.UNKNOWN_POSITION);
        assertThat(refusal(new Read.Start.After(new Position(end.epoch() + 1, 1))))
                .isEqualTo(FailureCode.UNKNOWN_POSITION);
        assertThat(owner.after(end)).isEqualTo(new Reply.Page(end.epoch(), List.of(), 2, 2, true));
    }

    private FailureCode refusal(Read.Start start) {
        return PublishTest.refusal(owner.read(new Read.Forward(TestOwner.CHAT, start, TestOwner.PLENTY)));
    }

    @Test
    void an_unknown_channel_has_an_empty_page_and_no_position() {
        Reply.Page empty = new Reply.Page(0, List.of(), 0, 0, true);
        assertThat(owner.forward(new Read.Start.Last(5))).isEqualTo(empty);
        assertThat(owner.forward(new Read.Start.Since(Instant.EPOCH))).isEqualTo(empty);
        assertThat(owner.read(new Read.Backward(TestOwner.CHAT, null, TestOwner.PLENTY)))
                .isEqualTo(empty);
        assertThat(owner.read(new Read.Retained(TestOwner.CHAT))).isEqualTo(empty);
        assertThat(refusal(new Read.Start.After(new Position(1, 0)))).isEqualTo(FailureCode.UNKNOWN_POSITION);
    }

    @Test
    void a_page_holds_no_more_than_the_credit_and_at_least_one_item() {
        owner.publish(5);
        Reply.Page page = page(new Read.Credit(2, 100_000));
        assertThat(TestOwner.brief(page.items())).containsExactly("1", "2");
        assertThat(page.through()).isEqualTo(2);
        assertThat(page.complete()).isFalse();
        assertThat(page(new Read.Credit(0, 0)).items()).hasSize(1);
        assertThat(page(new Read.Credit(Integer.MAX_VALUE, 200)).items()).hasSizeBetween(1, 2);
    }

    private Reply.Page page(Read.Credit credit) {
        return (Reply.Page) owner.read(new Read.Forward(TestOwner.CHAT, new Read.Start.Last(5), credit));
    }

    @Test
    void newest_first_reads_down_to_what_is_lost() {
        owner.keeping(3, MUCH, LONG);
        Position end = owner.publish(5);
        assertThat(backward(null, 500).items()).extracting(Object::toString).hasSize(4);
        assertThat(TestOwner.brief(backward(null, 2).items())).containsExactly("5", "4");
        Reply.Page second = backward(new Position(end.epoch(), 4), 2);
        assertThat(TestOwner.brief(second.items())).containsExactly("3", "lost 1-2");
        assertThat(second.complete()).isTrue();
        assertThat(TestOwner.brief(backward(new Position(end.epoch(), 2), 2).items()))
                .containsExactly("lost 1-1");
        assertThat(backward(new Position(end.epoch(), 1), 2).items()).isEmpty();
    }

    private Reply.Page backward(@Nullable Position before, int items) {
        return (Reply.Page) owner.read(new Read.Backward(TestOwner.CHAT, before, new Read.Credit(items, 100_000)));
    }

    @Test
    void the_policy_of_the_namespace_holds() {
        owner.keeping(new Policies(
                Map.of("chat", new Policies.Policy(1, MUCH, LONG)),
                Policies.Policy.DEFAULT,
                Policies.Deduplication.DEFAULT));
        owner.publish(2);
        owner.publish(owner.message(new ChannelName("other")));
        owner.publish(owner.message(new ChannelName("other")));
        assertThat(owner.everything()).containsExactly("lost 1-1", "2");
        assertThat(owner.channel("other").first()).isEqualTo(1);
    }
}
