package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final ProcessId OWNER = new ProcessId(new UUID(0, 1));
    private static final ProcessId NEW = new ProcessId(new UUID(0, 2));

    private long nanos;
    private final Arrivals arrivals = new Arrivals(() -> nanos);

    @Test
    void who_owned_before_it_was_first_seen_is_warm_and_a_newcomer_is_after_a_while() {
        var both = Map.of(OWNER, true, NEW, false);
        assertThat(arrivals.warm(both)).containsExactly(OWNER);
        nanos += Arrivals.WARM.toNanos() - 1;
        assertThat(arrivals.warm(both)).containsExactly(OWNER);
        nanos++;
        assertThat(arrivals.warm(both)).containsExactlyInAnyOrder(OWNER, NEW);
    }

    @Test
    void who_went_and_came_back_is_new() {
        arrivals.warm(Map.of(OWNER, true, NEW, true));
        arrivals.warm(Map.of(OWNER, true));
        assertThat(arrivals.warm(Map.of(OWNER, true, NEW, false))).containsExactly(OWNER);
    }

    @Test
    void a_newcomer_that_had_to_take_over_is_no_warmer_for_it() {
        arrivals.warm(Map.of(NEW, false));
        assertThat(arrivals.warm(Map.of(NEW, true))).isEmpty();
    }
}
