package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Incoming;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubTest {
    private final HubBench bench = new HubBench();
    private final RecordingLink link = new RecordingLink();
    private final Subscriber subscriber = bench.subscriber(link, 4);

    private static Position at(long offset) {
        return new Position(SimulatedOwners.EPOCH, offset);
    }

    @Test
    void a_subscription_from_now_gets_what_comes_after_it_stands_and_nothing_before() {
        bench.publish("c");
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        RealtimeMessage second = bench.publish("c");
        bench.settle();

        assertThat(bench.opened).containsExactly(at(1).toString());
        assertThat(link.messages("s")).containsExactly(second);
    }

    @Test
    void many_deliveries_of_one_turn_are_flushed_once() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        for (int i = 0; i < 10; i++) {
            bench.publish("c");
        }
        int before = link.flushes;
        bench.step(10);
        assertThat(link.flushes).isEqualTo(before + 1);
    }

    @Test
    void a_resume_brings_everything_missed_then_caught_up_then_live_WS_20() {
        List<RealtimeMessage> all = List.of(
                bench.publish("c"), bench.publish("c"), bench.publish("c"), bench.publish("c"), bench.publish("c"));
        subscriber.subscribe(bench.request("s", "c", new Since.AtPosition(at(2))));
        bench.settle();
        assertThat(link.messages("s")).isEqualTo(all.subList(2, 5));
        assertThat(link.frames.getLast()).isEqualTo(new ServerFrame.CaughtUp("s", at(5).toString()));

        RealtimeMessage live = bench.publish("c");
        bench.settle();
        assertThat(link.messages("s")).endsWith(live);
    }

    @Test
    void a_resume_beyond_history_tells_exactly_the_lost_range() {
        for (int i = 0; i < 6; i++) {
            bench.publish("c");
        }
        bench.owners.trimmed.put(bench.draft("c").channel(), 4);
        subscriber.subscribe(bench.request("s", "c", new Since.AtPosition(at(1))));
        bench.settle();
        assertThat(link.frames(ServerFrame.Lost.class))
                .containsExactly(new ServerFrame.Lost("s", bench.draft("c").channel(), at(2), at(4)));
        assertThat(link.messages("s")).hasSize(2);
    }

    @Test
    void a_position_of_another_epoch_or_beyond_the_head_is_refused_as_unknown() {
        bench.publish("c");
        subscriber.subscribe(bench.request("s", "c", new Since.AtPosition(new Position(8, 1))));
        subscriber.subscribe(bench.request("t", "c", new Since.AtPosition(at(2))));
        bench.settle();
        assertThat(bench.failures)
                .extracting(Problem::code)
                .containsExactly(FailureCode.UNKNOWN_POSITION, FailureCode.UNKNOWN_POSITION);
        assertThat(bench.opened).isEmpty();
    }

    @Test
    void a_slow_reader_falls_back_to_the_log_is_told_and_misses_nothing() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        link.room = 2;
        for (int i = 0; i < 20; i++) {
            bench.publish("c");
        }
        bench.settle();
        assertThat(link.messages("s")).hasSize(2);

        link.room = Integer.MAX_VALUE;
        subscriber.writable();
        bench.settle();
        assertThat(link.messages("s"))
                .isEqualTo(bench.owners.channel(bench.draft("c").channel()));
        assertThat(link.frames(ServerFrame.Slow.class)).hasSize(1);
        assertThat(link.frames(ServerFrame.CaughtUp.class)).hasSize(1);
    }

    @Test
    void drop_oldest_tells_exactly_what_was_dropped() {
        subscriber.subscribe(bench.request("s", "c", null, Overflow.DROP_OLDEST, 0));
        bench.settle();
        link.room = 1;
        for (int i = 0; i < 10; i++) {
            bench.publish("c");
        }
        bench.settle();
        link.room = Integer.MAX_VALUE;
        subscriber.writable();

        assertThat(link.messages("s"))
                .extracting(RealtimeMessage::position)
                .containsExactly(at(1), at(7), at(8), at(9), at(10));
        assertThat(link.frames(ServerFrame.Lost.class))
                .containsExactly(new ServerFrame.Lost("s", bench.draft("c").channel(), at(2), at(6)));
        assertThat(link.frames(ServerFrame.Slow.class))
                .containsExactly(new ServerFrame.Slow("s", ServerFrame.SlowPolicy.DROP_OLDEST, 5));
    }

    @Test
    void conflation_keeps_the_newest_of_each_key_and_tells_what_it_skipped() {
        subscriber.subscribe(bench.request("s", "c", null, Overflow.CONFLATE, 0));
        bench.settle();
        link.room = 1;
        for (int i = 0; i < 7; i++) {
            bench.publish(
                    bench.draft("c").toBuilder()
                            .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, "k" + i % 2))
                            .build(),
                    false);
        }
        bench.settle();
        link.room = Integer.MAX_VALUE;
        subscriber.writable();
        assertThat(link.messages("s")).extracting(RealtimeMessage::position).containsExactly(at(1), at(6), at(7));
        assertThat(link.frames(ServerFrame.Skipped.class))
                .containsExactly(new ServerFrame.Skipped("s", bench.draft("c").channel(), at(2), at(5)));
    }

    @Test
    void what_is_private_to_others_is_skipped() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        bench.publish(
                bench.draft("c").toBuilder()
                        .privacy(new Privacy(List.of("bob"), true, Privacy.Audit.FULL, null))
                        .build(),
                false);
        RealtimeMessage second = bench.publish("c");
        bench.settle();
        assertThat(link.frames)
                .containsExactly(
                        new ServerFrame.Skipped("s", second.channel(), at(1), at(1)),
                        new ServerFrame.Message("s", null, second));
    }

    @Test
    void what_has_expired_is_skipped() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        bench.publish(bench.draft("c").toBuilder().expiry(HubBench.NOW).build(), false);
        bench.publish(
                bench.draft("c").toBuilder().expiry(HubBench.NOW.plusNanos(1)).build(), false);
        bench.settle();
        assertThat(link.messages("s")).hasSize(1);
        assertThat(link.frames(ServerFrame.Skipped.class)).hasSize(1);
    }

    @Test
    void the_window_stops_delivery_until_acks_come_WS_16() {
        Subscription subscription = subscriber.subscribe(bench.request("s", "c", null, Overflow.RECOVER, 2));
        bench.settle();
        for (int i = 0; i < 5; i++) {
            bench.publish("c");
        }
        bench.settle();
        assertThat(link.messages("s")).hasSize(2);
        subscription.ack(at(1).toString());
        bench.settle();
        assertThat(link.messages("s")).hasSize(3);
        subscription.ack(at(3).toString());
        bench.settle();
        assertThat(link.messages("s"))
                .extracting(RealtimeMessage::position)
                .containsExactly(at(1), at(2), at(3), at(4), at(5));
    }

    @Test
    void what_is_not_owed_takes_no_place_in_the_window_WS_16() {
        subscriber.subscribe(bench.request("s", "c", null, Overflow.RECOVER, 1));
        bench.settle();
        for (int i = 0; i < 3; i++) {
            bench.publish(
                    bench.draft("c").toBuilder()
                            .privacy(new Privacy(List.of("bob"), true, Privacy.Audit.FULL, null))
                            .build(),
                    false);
        }
        RealtimeMessage owed = bench.publish("c");
        bench.settle();
        assertThat(link.messages("s")).containsExactly(owed);
    }

    @Test
    void a_hole_in_the_deliveries_is_noticed_and_filled_from_the_log() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        bench.publish("c");
        bench.publish(bench.draft("c"), true);
        bench.publish("c");
        bench.settle();
        assertThat(bench.gaps).isEqualTo(1);
        assertThat(link.messages("s"))
                .isEqualTo(bench.owners.channel(bench.draft("c").channel()));
    }

    @Test
    void after_deliveries_were_lost_a_resync_recovers_channels_and_filters() {
        subscriber.subscribe(bench.request("s", "a/c", null));
        subscriber.subscribe(bench.request("f", "a/#", null));
        bench.settle();
        bench.publish(bench.draft("a/c"), true);
        bench.hub.resync();
        bench.settle();
        assertThat(link.messages("s")).hasSize(1);
        assertThat(link.messages("f")).hasSize(1);
    }

    @Test
    void a_filter_resumes_from_the_cursor_of_any_message() {
        subscriber.subscribe(bench.request("f", "a/+", null));
        bench.settle();
        for (int i = 0; i < 12; i++) {
            bench.publish("a/" + i % 5);
        }
        bench.settle();
        List<ServerFrame.Message> first = link.frames(ServerFrame.Message.class);
        assertThat(first).hasSize(12);
        String cursor = String.valueOf(first.get(6).cursor());

        RecordingLink other = new RecordingLink();
        bench.subscriber(other, 4).subscribe(bench.request("f", "a/+", new Since.AtCursor(cursor)));
        bench.settle();
        assertThat(other.messages("f"))
                .containsExactlyInAnyOrderElementsOf(first.subList(7, 12).stream()
                        .map(ServerFrame.Message::message)
                        .toList());
        assertThat(other.frames.getLast()).isInstanceOf(ServerFrame.CaughtUp.class);
    }

    @Test
    void recovery_waits_for_an_owner_that_is_away() {
        subscriber.subscribe(bench.request("s", "c", null));
        bench.settle();
        bench.publish("c");
        bench.publish(bench.draft("c"), true);
        bench.publish("c");
        bench.owners.away = true;
        bench.settle();
        assertThat(link.messages("s")).hasSize(1);
        bench.owners.away = false;
        bench.delayed.poll().run();
        bench.settle();
        assertThat(link.messages("s")).hasSize(3);
    }

    @Test
    void the_owner_is_told_when_the_last_subscriber_leaves() {
        Subscription one = subscriber.subscribe(bench.request("s", "c", null));
        Subscription two = subscriber.subscribe(bench.request("t", "c", null));
        bench.settle();
        subscriber.unsubscribe(one);
        assertThat(bench.owners.interest).hasSize(1);
        subscriber.unsubscribe(two);
        assertThat(bench.owners.interest).isEmpty();
    }

    @Test
    void a_watermark_moves_the_cursor_of_a_filter_that_nothing_was_published_for() {
        subscriber.subscribe(bench.request("s", "+", null));
        bench.settle();
        int quiet = (bench.owners.partition(bench.draft("c").channel()) + 1) % SimulatedOwners.PARTITIONS;
        bench.owners.deliveries.add(new Incoming.Watermark(quiet, 40));
        bench.owners.deliveries.add(new Incoming.Watermark(quiet, 39));
        bench.publish("c");
        bench.settle();
        String cursor = link.frames(ServerFrame.Message.class).getLast().cursor();
        assertThat(FilterCursor.decode(String.valueOf(cursor), SimulatedOwners.PARTITIONS)[quiet])
                .isEqualTo(40);
    }

    @Test
    void deliveries_that_went_missing_before_one_that_came_are_recovered_when_they_are_told_of() {
        subscriber.subscribe(bench.request("s", "+", null));
        bench.settle();
        RealtimeMessage missing = bench.publish(bench.draft("c"), true);
        bench.hub.resync();
        RealtimeMessage came = bench.publish("c");
        bench.settle();
        assertThat(link.messages("s")).containsExactly(missing, came);
    }

    @Test
    void a_partition_that_fell_silent_is_asked_anew_and_what_was_missed_is_recovered() {
        subscriber.subscribe(bench.request("s", "c", null));
        subscriber.subscribe(bench.request("t", "#", null));
        bench.settle();
        RealtimeMessage missing = bench.publish(bench.draft("c"), true);
        bench.hub.resync(bench.owners.partition(missing.channel()));
        bench.settle();
        assertThat(link.messages("s")).containsExactly(missing);
        assertThat(link.messages("t")).containsExactly(missing);
    }

    @Test
    void while_owners_refuse_each_of_them_is_asked_once_a_round_however_long_it_takes() {
        subscriber.subscribe(bench.request("f", "a/#", null));
        bench.settle();
        bench.owners.away = true;
        bench.publish(bench.draft("a/c"), true);
        for (int round = 0; round < 10; round++) {
            bench.hub.resync();
            bench.settle();
            // For each owner, one question for deliveries and one for what was missed.
            assertThat(bench.delayed).as("round %d", round).hasSizeLessThanOrEqualTo(2 * SimulatedOwners.PARTITIONS);
            for (int waiting = bench.delayed.size(); waiting > 0; waiting--) {
                bench.delayed.remove().run();
            }
            bench.settle();
        }
        bench.owners.away = false;
        bench.settleDelayed();
        assertThat(link.messages("f")).hasSize(1);
    }
}
