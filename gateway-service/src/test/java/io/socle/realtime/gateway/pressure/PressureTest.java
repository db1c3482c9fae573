package io.socle.realtime.gateway.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PressureTest {
    private static final int BUSY = 3;
    private static final int IDLE = 4;

    private long nanos;
    private double random;
    private final Pressure pressure =
            new Pressure(new PressureLimits(Duration.ofSeconds(2), Duration.ofMillis(500)), () -> nanos, () -> random);

    private void sendSome(int count) {
        for (long request = 0; request < count; request++) {
            pressure.sent(BUSY, request);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private Problem refusal() {
        return Objects.requireNonNull(pressure.refusal(BUSY));
    }

    @Test
    void a_publish_beyond_the_limit_is_refused_with_advice_and_other_partitions_are_not() { // FLO-6
        sendSome(PartitionLoad.FEW);
        pass(Duration.ofSeconds(3));
        assertThat(refusal().code()).isEqualTo(FailureCode.OVERLOADED);
        // Three seconds and what a hundred commands take, until half of the limit is free.
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMillis(2_200));
        assertThat(pressure.refusal(IDLE)).isNull();
    }

    @Test
    void advice_is_spread_upwards_by_half_at_most() {
        sendSome(PartitionLoad.FEW);
        pass(Duration.ofSeconds(3));
        random = 1;
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMillis(3_300));
    }

    @Test
    void advice_has_a_shortest_and_a_longest_time() {
        assertThat(pressure.noRoom(IDLE).retryAfter()).isEqualTo(Pressure.SHORTEST_ADVICE);
        sendSome(PartitionLoad.FEW);
        pass(Duration.ofMinutes(5));
        assertThat(refusal().retryAfter()).isEqualTo(Pressure.LONGEST_ADVICE);
    }

    @Test
    void a_decision_ends_the_refusal() { // FLO-7
        sendSome(PartitionLoad.FEW);
        pass(Duration.ofSeconds(3));
        for (long request = 0; request < PartitionLoad.FEW; request++) {
            pressure.decided(BUSY, request, 100 + request);
        }
        assertThat(pressure.refusal(BUSY)).isNull();
        assertThat(pressure.undecided()).isZero();
    }

    @Test
    void a_partition_that_lags_is_told_once_and_once_more_when_it_is_over() { // FLO-8
        sendSome(2);
        pass(Duration.ofMillis(495));
        assertThat(pressure.check()).isEmpty();
        pass(Duration.ofMillis(3));
        List<Pressure.Change> begun = pressure.check();
        assertThat(begun).hasSize(1);
        assertThat(begun.getFirst().partition()).isEqualTo(BUSY);
        assertThat(begun.getFirst().lagging()).isTrue();
        assertThat(begun.getFirst().lag()).isEqualTo(Duration.ofMillis(502));
        assertThat(begun.getFirst().undecided()).isEqualTo(2);
        assertThat(pressure.check()).isEmpty();
        assertThat(pressure.lagging()).containsExactly(BUSY);
        pressure.decided(BUSY, 0, 10);
        pressure.abandoned(BUSY, 1);
        assertThat(pressure.check()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(pressure.check()).hasSize(1).allMatch(change -> !change.lagging());
        assertThat(pressure.lagging()).isEmpty();
    }

    @Test
    void the_outlook_has_advice_only_where_publishes_are_refused() {
        sendSome(2);
        pass(Duration.ofMillis(1_996));
        assertThat(pressure.outlook(List.of(BUSY, IDLE))).isEqualTo(new Pressure.Outlook(Duration.ofSeconds(2), null));
        pass(Duration.ofMillis(1));
        assertThat(pressure.outlook(List.of(BUSY, IDLE)).retryAfter()).isNotNull();
        assertThat(pressure.longestWait()).isEqualTo(Duration.ofMillis(2_001));
    }
}
