package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.FilterItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Privacy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replay of what a filter selects in one partition (WS-14, WS-20). */
class FilterReadTest {
    private final TestOwner owner = new TestOwner();

    @Test
    void items_come_in_log_order_up_to_the_owner_s_place() {
        owner.publish(1);
        owner.publish(owner.message(new ChannelName("other")));
        owner.publish(owner.message(new ChannelName("chat/2")));
        owner.subscribe("x");
        Reply.FilterPage page = page(-1, null, 10);
        assertThat(positions(page)).containsExactly(100L, 102L);
        assertThat(page.through()).isEqualTo(103);
        assertThat(page.complete()).isTrue();
        assertThat(page.lostThrough()).isNull();
        assertThat(positions(page(100, null, 10))).containsExactly(102L);
    }

    @Test
    void a_page_ends_with_the_credit_and_says_how_far_it_goes() {
        owner.publish(3);
        Reply.FilterPage page = page(-1, null, 2);
        assertThat(positions(page)).containsExactly(100L, 101L);
        assertThat(page.through()).isEqualTo(101);
        assertThat(page.complete()).isFalse();
    }

    @Test
    void trimmed_messages_are_lost_and_those_not_owed_are_left_out() {
        owner.keeping(1, 1L << 30, Duration.ofDays(1));
        owner.publish(2);
        owner.publish(owner.message(new ChannelName("chat/2"))
                .privacy(new Privacy(List.of(), false, Privacy.Audit.FULL, null)));
        Reply.FilterPage page = page(-1, null, 10);
        assertThat(page.items()).hasSize(2);
        assertThat(page.items().getFirst())
                .isInstanceOfSatisfying(
                        FilterItem.Lost.class,
                        lost -> assertThat(lost.position().offset()).isEqualTo(1));
        assertThat(page.items().getLast()).isInstanceOf(FilterItem.Message.class);
    }

    @Test
    void a_time_selects_what_was_logged_then_or_later() {
        owner.publish(2);
        owner.later(Duration.ofSeconds(10));
        owner.publish(2);
        assertThat(positions(page(-1, Instant.ofEpochMilli(owner.now), 10))).containsExactly(102L, 103L);
        assertThat(positions(page(-1, Instant.EPOCH, 10))).containsExactly(100L, 101L, 102L, 103L);
        assertThat(positions(page(-1, Instant.ofEpochMilli(owner.now + 1), 10))).isEmpty();
    }

    @Test
    void where_the_index_no_longer_reaches_back_the_page_says_so() {
        TestOwner small = new TestOwner(new Bounds(4, 10, 10, 10, 10, 10));
        small.publish(6);
        small.unasked(new Command.Tick());
        Reply.FilterPage page = (Reply.FilterPage) small.read(filtered(-1, null, 10));
        assertThat(page.lostThrough()).isEqualTo(101);
        assertThat(positions(page)).containsExactly(102L, 103L, 104L, 105L);
        Reply.FilterPage joined = (Reply.FilterPage) small.read(filtered(101, null, 10));
        assertThat(joined.lostThrough()).isNull();
    }

    @Test
    void the_index_forgets_by_age_too_and_then_only_older_times_are_lost() {
        Policies.Policy hour = new Policies.Policy(1000, 1L << 30, Duration.ofHours(1));
        owner.keeping(new Policies(Map.of(), hour, new Policies.Deduplication(100, Duration.ofMinutes(1))));
        owner.publish(2);
        owner.later(Duration.ofHours(2));
        owner.publish(1);
        assertThat(owner.tables.index().contents()).hasSize(1);
        assertThat(page(-1, Instant.EPOCH, 10).lostThrough()).isEqualTo(102);
        assertThat(page(-1, Instant.ofEpochMilli(owner.now - 3_600_000), 10).lostThrough())
                .isNull();
    }

    @Test
    void a_reader_ahead_of_the_owner_is_not_sent_back() {
        owner.publish(1);
        Reply.FilterPage page = page(500, null, 10);
        assertThat(page.through()).isEqualTo(500);
        assertThat(page.complete()).isTrue();
    }

    private Reply.FilterPage page(long after, @Nullable Instant since, int items) {
        return (Reply.FilterPage) owner.read(filtered(after, since, items));
    }

    private static Read.Filtered filtered(long after, @Nullable Instant since, int items) {
        return new Read.Filtered(new ChannelFilter("chat/#"), after, since, new Read.Credit(items, 100_000));
    }

    private static List<Long> positions(Reply.FilterPage page) {
        return page.items().stream().map(FilterItem::logPosition).toList();
    }
}
