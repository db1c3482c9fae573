package io.socle.realtime.shell.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private long wallMillis = 1_000_000;
    private long nanos = 77;
    private final ClockSteps steps = new ClockSteps(() -> wallMillis, () -> nanos);

    private void pass(Duration time) {
        wallMillis += time.toMillis();
        nanos += time.toNanos();
    }

    @Test
    void a_clock_that_goes_on_makes_no_steps() {
        pass(Duration.ofHours(3));
        assertThat(steps.next()).isZero();
    }

    @Test
    void a_step_is_told_once_with_its_direction() {
        pass(Duration.ofSeconds(1));
        wallMillis -= 3_600_000;
        assertThat(steps.next()).isEqualTo(Duration.ofHours(-1));
        pass(Duration.ofSeconds(1));
        assertThat(steps.next()).isZero();
        wallMillis += 60_000;
        assertThat(steps.next()).isEqualTo(Duration.ofMinutes(1));
    }
}
