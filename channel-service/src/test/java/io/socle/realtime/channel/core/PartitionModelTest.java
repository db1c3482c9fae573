package io.socle.realtime.channel.core;

import org.junit.jupiter.api.Test;

/** Random commands, each seed its own history; a failure names the seed to run again. */
class PartitionModelTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 300;

    @Test
    void the_core_answers_as_the_naive_model_whatever_the_commands_and_crashes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new ModelRun(seed).run(STEPS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
