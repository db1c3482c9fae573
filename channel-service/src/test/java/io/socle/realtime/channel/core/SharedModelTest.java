package io.socle.realtime.channel.core;

import org.junit.jupiter.api.Test;

/** Random commands of members of shared subscriptions, each seed its own history; a failure names the seed to run again. */
class SharedModelTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 250;

    @Test
    void
            each_kept_message_is_acknowledged_by_one_member_whatever_becomes_of_the_others_and_of_the_owner() { // MQT-103, MQT-104
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new SharedModelRun(seed).run(STEPS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
