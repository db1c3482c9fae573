package io.socle.realtime.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.history.Violation.Kind;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check on seeded random histories: clean ones pass, and a planted fault of each kind is found by its name. */
class HistoryCheckRandomTest {
    private static final int CLEAN_SEEDS = 60;
    private static final int PLANTED_SEEDS = 15;

    @Test
    void clean_histories_pass() {
        for (long seed = 0; seed < CLEAN_SEEDS; seed++) {
            assertThat(HistoryCheck.violations(SimulatedHistory.of(seed), SimulatedHistory.RULES))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void simulated_histories_have_everything_that_the_check_looks_at() {
        var seen = new HashSet<Class<?>>();
        for (long seed = 0; seed < CLEAN_SEEDS; seed++) {
            SimulatedHistory.of(seed).forEach(entry -> seen.add(entry.event().getClass()));
        }
        assertThat(seen)
                .contains(
                        Event.Send.class,
                        Event.Ack.class,
                        Event.Refused.class,
                        Event.Unknown.class,
                        Event.Resume.class,
                        Event.Deliver.class,
                        Event.CaughtUp.class,
                        Event.Lost.class,
                        Event.Attached.class,
                        Event.Acknowledge.class,
                        Event.Disconnect.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_planted_fault_is_found(Kind kind) {
        int planted = 0;
        for (long seed = 0; seed < PLANTED_SEEDS; seed++) {
            var faulty = PlantedFault.plant(kind, SimulatedHistory.of(seed), new Random(seed));
            if (faulty.isPresent()) {
                planted++;
                assertThat(HistoryCheck.violations(faulty.get(), SimulatedHistory.RULES))
                        .as("seed " + seed)
                        .extracting(Violation::kind)
                        .contains(kind);
            }
        }
        assertThat(planted).as("histories with a place for the fault").isGreaterThan(PLANTED_SEEDS / 3);
    }
}
