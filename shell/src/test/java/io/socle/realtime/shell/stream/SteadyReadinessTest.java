package io.socle.realtime.shell.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyReadinessTest {
    private static final Duration BREAK = Duration.ofSeconds(15);

    private long nanos;
    private final SteadyReadiness readiness = new SteadyReadiness(BREAK, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void what_was_never_ready_is_not() {
        assertThat(readiness.isReady()).isFalse();
        readiness.become(false);
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void a_short_break_does_not_count() {
        readiness.become(true);
        readiness.become(false);
        pass(BREAK.minusMillis(1));
        assertThat(readiness.isReady()).isTrue();
        readiness.become(true);
        pass(BREAK.multipliedBy(3));
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void a_long_break_counts_from_its_beginning() {
        readiness.become(true);
        readiness.become(false);
        pass(BREAK.dividedBy(2));
        readiness.become(false);
        pass(BREAK.dividedBy(2).plusMillis(1));
        assertThat(readiness.isReady()).isFalse();
        readiness.become(true);
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void after_a_reset_it_must_become_ready_anew() {
        readiness.become(true);
        readiness.reset();
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void what_is_expected_to_be_ready_is_so_after_its_time_unless_it_is_told_otherwise() {
        readiness.becomeAfter(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(2));
        assertThat(readiness.isReady()).isFalse();
        readiness.become(false);
        pass(Duration.ofSeconds(2));
        assertThat(readiness.isReady()).isFalse();
        readiness.becomeAfter(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(3));
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void what_is_expected_does_not_wait_anew_after_a_pause() {
        readiness.becomeAfter(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(2));
        readiness.pause();
        readiness.becomeAfter(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(1));
        assertThat(readiness.isReady()).isTrue();
        readiness.pause();
        pass(BREAK);
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void what_was_ready_before_is_so_again_at_once() {
        readiness.become(true);
        readiness.become(false);
        readiness.becomeAfter(Duration.ofSeconds(3));
        pass(BREAK.multipliedBy(2));
        assertThat(readiness.isReady()).isTrue();
    }
}
