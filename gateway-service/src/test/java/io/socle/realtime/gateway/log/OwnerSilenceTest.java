package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerSilenceTest {
    private long nanos;
    private final OwnerSilence silence = new OwnerSilence(3, Duration.ofNanos(100), () -> nanos);

    private List<Integer> silent() {
        List<Integer> found = new ArrayList<>();
        silence.check(found::add);
        return found;
    }

    @Test
    void a_partition_is_named_once_when_nothing_was_heard_of_it_for_longer_than_the_limit() {
        nanos = 50;
        silence.heard(1);
        nanos = 100;
        assertThat(silent()).isEmpty();
        nanos = 101;
        assertThat(silent()).containsExactly(0, 2);
        assertThat(silent()).isEmpty();
    }

    @Test
    void a_partition_that_stays_silent_is_named_again_after_as_long() {
        nanos = 101;
        silent();
        nanos = 202;
        assertThat(silent()).containsExactly(0, 1, 2);
    }
}
