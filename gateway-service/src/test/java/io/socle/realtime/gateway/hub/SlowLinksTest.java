package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many links that do not read: what they hold together is bounded (clause FLO-1). */
class SlowLinksTest {
    private static final int LINKS = 40;
    private static final String LARGE = "\"" + "x".repeat(60_000) + "\"";

    private final HubBench bench = new HubBench();
    private final List<RecordingLink> links = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    private void open(int count, @Nullable Since since) {
        for (int i = 0; i < count; i++) {
            RecordingLink link = new RecordingLink();
            links.add(link);
            Subscriber subscriber = bench.subscriber(link, 1_000);
            subscribers.add(subscriber);
            subscriber.subscribe(bench.request("s", "c", since));
        }
    }

    private RealtimeMessage publishLarge() {
        return bench.publish(bench.draft("c").toBuilder().json(LARGE).build(), false);
    }

    private List<RealtimeMessage> log() {
        return bench.owners.channel(new ChannelName("c"));
    }

    private void readEverything() {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).room = Integer.MAX_VALUE;
            subscribers.get(i).writable();
            bench.settle();
        }
    }

    @Test
    void what_waits_for_all_of_them_stays_within_the_nodes_budget_and_nobody_misses_anything() {
        open(LINKS, null);
        bench.settle();
        links.forEach(link -> link.room = 0);
        for (int i = 0; i < 20; i++) {
            publishLarge();
            bench.settle();
            assertThat(bench.budget.used()).isLessThanOrEqualTo(4L * Limits.PAGE_BYTES);
        }
        readEverything();
        assertThat(links).allSatisfy(link -> assertThat(link.messages("s")).isEqualTo(log()));
        assertThat(bench.budget.used()).isZero();
    }

    @Test
    void a_page_is_asked_for_only_when_the_link_takes_something() {
        publishLarge();
        open(1, null);
        bench.settle();
        links.getFirst().room = 0;
        subscribers.getFirst().subscribe(bench.request("t", "c", new Since.Last(1)));
        bench.settle();
        assertThat(bench.budget.used()).isZero();
        readEverything();
        assertThat(links.getFirst().messages("t")).isEqualTo(log());
    }

    @Test
    void a_link_that_goes_gives_back_what_waited_for_it() {
        open(1, null);
        bench.settle();
        links.getFirst().room = 0;
        publishLarge();
        bench.settle();
        assertThat(bench.budget.used()).isPositive();
        subscribers.getFirst().close();
        assertThat(bench.budget.used()).isZero();
    }

    @Test
    void who_reads_nothing_for_ten_seconds_is_in_the_way_only_where_memory_is_short() {
        open(1, null);
        bench.settle();
        links.getFirst().room = 0;
        publishLarge();
        bench.settle();
        Subscriber stalled = subscribers.getFirst();
        for (int i = 0; i < 2 * Subscriber.STALLED_TICKS; i++) {
            stalled.tick();
        }
        assertThat(stalled.isInTheWay()).isFalse();
        bench.budget.take(2L * Limits.PAGE_BYTES);
        assertThat(stalled.isInTheWay()).isTrue();

        links.getFirst().room = 1;
        stalled.writable();
        stalled.tick();
        assertThat(stalled.isInTheWay()).isFalse();
    }

    @Test
    void who_reads_nothing_is_in_the_way_at_the_tenth_tick_and_not_before() {
        open(1, null);
        bench.settle();
        links.getFirst().room = 0;
        publishLarge();
        bench.settle();
        bench.budget.take(2L * Limits.PAGE_BYTES);
        for (int i = 0; i < Subscriber.STALLED_TICKS; i++) {
            assertThat(subscribers.getFirst().isInTheWay()).isFalse();
            subscribers.getFirst().tick();
        }
        assertThat(subscribers.getFirst().isInTheWay()).isTrue();
    }

    @Test
    void four_mebibytes_of_history_may_wait_as_replies_and_not_one_page_more() { // FLO-4
        open(1, null);
        bench.settle();
        links.getFirst().room = 0;
        RealtimeMessage message = bench.draft("c").toBuilder().json(LARGE).build();
        List<HistoryItem> items = Collections.nCopies(4, new HistoryItem.Message(message));
        var page = new ServerFrame.HistoryPage(1, new ChannelName("c"), items, null);
        Subscriber asker = subscribers.getFirst();
        long fit = OutboxLimits.REPLY_BYTES / (4L * SharedMessage.sizeOf(message));
        for (int i = 0; i < fit; i++) {
            asker.outbox().push(page);
            assertThat(asker.isInTheWay()).isFalse();
        }
        asker.outbox().push(page);
        assertThat(asker.isInTheWay()).isTrue();
    }

    @Test
    void thousands_who_come_back_together_share_their_pages() {
        for (int i = 0; i < 10; i++) {
            bench.publish("c");
        }
        int asked = bench.owners.reads;
        open(1_000, new Since.AtPosition(new Position(SimulatedOwners.EPOCH, 2)));
        bench.settle();
        assertThat(bench.owners.reads - asked).isLessThan(10);
        assertThat(links).allSatisfy(link -> assertThat(link.messages("s")).isEqualTo(log().subList(2, 10)));
    }
}
