package io.socle.realtime.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final Drain drain = new Drain(500, Duration.ofSeconds(10));

    @Test
    void connections_are_told_at_the_configured_rate() {
        assertThat(drain.next(1_000, Duration.ZERO)).isEqualTo(50);
        assertThat(drain.next(950, Duration.ofMillis(100))).isEqualTo(50);
    }

    @Test
    void a_rest_below_the_rate_is_told_at_once() {
        assertThat(drain.next(49, Duration.ZERO)).isEqualTo(49);
        assertThat(drain.next(0, Duration.ZERO)).isZero();
    }

    @Test
    void more_than_the_rate_can_do_is_spread_over_the_limit() {
        assertThat(drain.next(10_000, Duration.ZERO)).isEqualTo(100);
    }

    @Test
    void at_the_limit_all_that_remain_are_told() {
        assertThat(drain.next(7_000, Duration.ofSeconds(10))).isEqualTo(7_000);
    }

    @Test
    void a_whole_drain_never_exceeds_the_limit() {
        int remaining = 123_456;
        Duration elapsed = Duration.ZERO;
        while (remaining > 0) {
            remaining -= drain.next(remaining, elapsed);
            elapsed = elapsed.plus(Drain.WAVE);
        }
        assertThat(elapsed).isLessThanOrEqualTo(Duration.ofSeconds(10).plus(Drain.WAVE));
    }
}
