package io.socle.realtime.gateway.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChannelCeilingsTest {
    private static final ChannelName HOT = new ChannelName("hot/1");

    private long nanos;
    private final ChannelCeilings ceilings = new ChannelCeilings(Map.of("hot", 10), 0, 2, () -> nanos);

    private int takenOf(ChannelName channel, int messages) {
        int taken = 0;
        for (int i = 0; i < messages; i++) {
            taken += ceilings.take(channel) == null ? 1 : 0;
        }
        return taken;
    }

    @Test
    void a_seconds_worth_is_taken_at_once_and_the_next_is_refused_with_advice() { // FLO-10
        assertThat(takenOf(HOT, 10)).isEqualTo(10);
        Problem refusal = Objects.requireNonNull(ceilings.take(HOT));
        assertThat(refusal.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void who_comes_back_when_advised_is_taken_and_not_a_moment_before() {
        takenOf(HOT, 10);
        nanos += Duration.ofMillis(100).toNanos() - 1;
        assertThat(ceilings.take(HOT)).isNotNull();
        nanos += 1;
        assertThat(ceilings.take(HOT)).isNull();
        assertThat(ceilings.take(HOT)).isNotNull();
    }

    @Test
    void over_time_the_rate_is_what_was_declared() {
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            nanos += 1_000_000;
            taken += takenOf(HOT, 1);
        }
        assertThat(taken).isEqualTo(10 + 100 - 1);
    }

    @Test
    void channels_have_a_ceiling_each() {
        takenOf(HOT, 10);
        assertThat(takenOf(new ChannelName("hot/2"), 11)).isEqualTo(10);
    }

    @Test
    void a_namespace_without_a_ceiling_has_none() {
        assertThat(takenOf(new ChannelName("cold/1"), 1_000)).isEqualTo(1_000);
    }

    @Test
    void beyond_the_channels_remembered_one_more_is_refused_until_another_is_at_rest() {
        ceilings.take(HOT);
        ceilings.take(new ChannelName("hot/2"));
        assertThat(ceilings.take(new ChannelName("hot/3"))).isNotNull();
        nanos += Duration.ofMillis(100).toNanos() + 1;
        assertThat(ceilings.take(new ChannelName("hot/3"))).isNull();
    }
}
