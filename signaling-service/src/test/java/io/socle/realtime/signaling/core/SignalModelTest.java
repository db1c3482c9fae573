package io.socle.realtime.signaling.core;

import org.junit.jupiter.api.Test;

/** Random peers, each seed its own history, with crashes of the owner; a failure names the seed to run again. */
class SignalModelTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 400;

    @Test
    void every_pair_converges_whatever_the_glare_the_losses_and_the_crashes() { // SIG-8, SIG-11, SIG-22
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new ModelRun(seed).run(STEPS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
