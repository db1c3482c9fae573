package io.socle.realtime.gateway.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLoadTest {
    private static final long LIMIT = SimulatedPartition.LIMIT;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_cold_partition_takes_what_the_assumed_rate_decides_within_the_limit_and_no_more() { // FLO-6
        var load = new PartitionLoad(LIMIT, 0);
        long most = (long) (PartitionLoad.ASSUMED_RATE * LIMIT / 1e9);
        for (long request = 0; request < most; request++) {
            assertThat(load.admits(0)).as("request %d", request).isTrue();
            load.sent(request, 0);
        }
        load.sent(most, 0);
        assertThat(load.admits(0)).isFalse();
    }

    /** Three commands, each sent after the one before was decided, of a cold owner: a second each. */
    private static PartitionLoad afterAColdStart() {
        var load = new PartitionLoad(LIMIT, 0);
        for (int request = 0; request < 3; request++) {
            load.sent(request, request * SECOND);
            load.logged(request, request);
            load.decided(request, request, (request + 1) * SECOND);
        }
        return load;
    }

    @Test
    void a_few_slow_decisions_of_a_cold_owner_do_not_make_a_batch_of_a_hundred_refused() { // FLO-7
        var load = afterAColdStart();
        for (int request = 10; request < 10 + PartitionLoad.FEW; request++) {
            assertThat(load.admits(4 * SECOND)).as("request %d", request).isTrue();
            load.sent(request, 4 * SECOND);
        }
        assertThat(load.expectedWait(4 * SECOND)).isLessThan(LIMIT);
    }

    @Test
    void a_hundred_slow_decisions_measure_and_ninety_nine_do_not() {
        for (int commands : new int[] {PartitionLoad.FEW - 1, PartitionLoad.FEW}) {
            var load = new PartitionLoad(LIMIT, 0);
            load.progressed(0, 0);
            for (int request = 1; request <= commands; request++) {
                load.sent(request, 0);
                load.logged(request, request);
            }
            load.decided(commands, commands, 10 * SECOND);
            for (int request = 200; request < 200 + PartitionLoad.FEW; request++) {
                load.sent(request, 10 * SECOND);
            }
            assertThat(load.admits(10 * SECOND))
                    .as("%d commands in 10 s", commands)
                    .isEqualTo(commands < PartitionLoad.FEW);
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 200", "2000, 1400", "8000, 6000"})
    void below_capacity_nothing_is_refused(double capacity, double demand) {
        var partition = new SimulatedPartition(1, capacity, demand);
        partition.run(20);
        assertThat(partition.first().refusedShare()).isZero();
        assertThat(partition.first().offered).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"300, 2", "300, 4", "2000, 1.2", "2000, 2", "2000, 4", "2000, 40", "20000, 4"})
    void beyond_capacity_the_rest_is_refused_and_what_is_accepted_waits_a_bounded_time(double capacity, double times) {
        var partition = new SimulatedPartition(2, capacity, capacity * times);
        partition.run(20);
        assertThat(Duration.ofNanos(partition.first().longestWait)).isLessThan(Duration.ofMillis(2_700));
        partition.forget();
        partition.run(20);
        assertThat(partition.first().decided).isGreaterThan((long) (0.95 * capacity * 20));
        assertThat(partition.first().refusedShare()).isBetween(1 - 1 / times - 0.05, 1 - 1 / times + 0.05);
        assertThat(Duration.ofNanos(partition.first().longestWait)).isLessThan(Duration.ofMillis(2_300));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 4})
    void an_owner_that_is_away_is_sent_a_bounded_amount_and_publishing_begins_again_by_itself(double times) { // FLO-7
        double capacity = 2_000;
        var partition = new SimulatedPartition(3, capacity, capacity * times);
        partition.run(10);
        partition.capacity(0);
        int before = partition.first().load.undecided();
        partition.run(2);
        partition.forget();
        partition.run(8);
        assertThat(partition.first().accepted).isZero();
        assertThat((double) partition.first().load.undecided() - before).isLessThan(capacity * LIMIT / 1e9);
        partition.capacity(capacity);
        partition.run(3);
        partition.forget();
        partition.run(10);
        assertThat(partition.first().decided).isGreaterThan((long) (0.95 * capacity * Math.min(1, times) * 10));
        assertThat(Duration.ofNanos(partition.first().longestWait)).isLessThan(Duration.ofMillis(2_300));
    }

    @Test
    void a_capacity_that_breaks_down_to_a_quarter_is_noticed_before_the_wait_is_four_limits() {
        var partition = new SimulatedPartition(4, 4_000, 6_000);
        partition.run(10);
        partition.capacity(1_000);
        partition.run(20);
        // What was already accepted at the old rate takes four times as long; nothing is put on top of it.
        assertThat(Duration.ofNanos(partition.first().longestWait)).isLessThan(Duration.ofMillis(8_500));
        partition.forget();
        partition.run(10);
        assertThat(partition.first().decided).isGreaterThan((long) (0.95 * 1_000 * 10));
        assertThat(Duration.ofNanos(partition.first().longestWait)).isLessThan(Duration.ofMillis(2_300));
    }

    @Test
    void two_gateways_share_an_overloaded_partition_and_neither_starves() {
        var partition = new SimulatedPartition(5, 2_000, 4_000, 4_000);
        partition.run(20);
        partition.forget();
        partition.run(30);
        for (var gateway : partition.gateways) {
            assertThat(gateway.decided).isBetween((long) (0.3 * 2_000 * 30), (long) (0.7 * 2_000 * 30));
            assertThat(Duration.ofNanos(gateway.longestWait)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void a_light_gateway_is_served_beside_one_that_floods() {
        var partition = new SimulatedPartition(6, 2_000, 8_000, 2);
        partition.run(10);
        partition.forget();
        partition.run(60);
        assertThat(partition.gateways.get(1).refusedShare()).isLessThan(0.1);
    }

    @Test
    void few_commands_are_taken_although_the_wait_is_long_but_not_for_ever() {
        var load = new PartitionLoad(LIMIT, 0);
        load.sent(1, 0);
        assertThat(load.expectedWait(2 * LIMIT)).isGreaterThan(LIMIT);
        assertThat(load.admits(2 * LIMIT)).isTrue();
        assertThat(load.admits(2 * LIMIT + 1)).isFalse();
        load.abandoned(1);
        assertThat(load.admits(2 * LIMIT + 1)).isTrue();
    }

    @Test
    void what_other_gateways_have_logged_counts_as_soon_as_the_own_command_shows_it() {
        var load = new PartitionLoad(LIMIT, 0);
        load.sent(1, 0);
        load.logged(1, 10);
        load.decided(1, 10, 5_000_000);
        load.sent(2, 10_000_000);
        load.logged(2, 9_011);
        assertThat(Duration.ofNanos(load.expectedWait(10_000_000)))
                .isCloseTo(Duration.ofSeconds(18), Duration.ofMillis(10));
    }

    @Test
    void a_command_whose_reply_never_came_is_decided_when_later_ones_are() {
        var load = new PartitionLoad(LIMIT, 0);
        load.sent(1, 0);
        load.sent(2, 0);
        load.logged(1, 10);
        load.logged(2, 11);
        load.decided(2, 11, 5_000_000);
        assertThat(load.expectedWait(10 * LIMIT)).isZero();
        assertThat(load.admits(10 * LIMIT)).isTrue();
        assertThat(load.undecided()).isZero();
    }

    @Test
    void what_others_published_and_had_decided_while_this_node_was_idle_does_not_count() {
        var load = new PartitionLoad(LIMIT, 0);
        load.sent(1, 0);
        load.decided(1, 10, 5_000_000);
        long later = Duration.ofHours(1).toNanos();
        load.sent(2, later);
        load.logged(2, 5_000_000);
        assertThat(Duration.ofNanos(load.expectedWait(later))).isLessThan(Duration.ofMillis(10));
        load.decided(2, 5_000_000, later + 5_000_000);
        assertThat(load.expectedWait(later + 5_000_000)).isZero();
    }

    /** Capacity, demand and absences at random: accepted waits stay bounded by what the owner did, and it always goes on. */
    @RepeatedTest(30)
    void after_any_life_a_normal_load_is_accepted_again(RepetitionInfo run) {
        long seed = run.getCurrentRepetition();
        var random = new java.util.Random(seed);
        var partition = new SimulatedPartition(seed, 1_000, 100, 100);
        for (int phase = 0; phase < 8; phase++) {
            partition.capacity(random.nextInt(4) == 0 ? 0 : Math.pow(10, 1 + 3 * random.nextDouble()));
            partition.gateways.forEach(gateway -> gateway.perSecond = Math.pow(10, 4 * random.nextDouble()));
            partition.run(5 * random.nextDouble());
        }
        partition.capacity(2_000);
        partition.gateways.forEach(gateway -> gateway.perSecond = 500);
        // Time to decide whatever was accepted, at the highest rate that was ever seen, and a little more.
        partition.run(60);
        partition.forget();
        partition.run(10);
        for (var gateway : partition.gateways) {
            assertThat(gateway.refusedShare()).as("seed %d", seed).isZero();
            assertThat(Duration.ofNanos(gateway.longestWait))
                    .as("seed %d", seed)
                    .isLessThan(Duration.ofMillis(100));
        }
    }
}
