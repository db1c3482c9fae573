package io.socle.realtime.presence.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random lives of members, connections, nodes and owners against a model that knows who is there by looking at all. */
class PresenceModelTest {
    private static final int SEEDS = 300;

    @Test
    void prs_10_to_24_presence_is_the_set_of_live_connections_whatever_dies() {
        int crashes = 0;
        int events = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var run = new ModelRun(seed);
            run.run();
            crashes += run.crashes();
            events += run.events();
        }
        assertThat(crashes).isGreaterThan(SEEDS);
        assertThat(events).isGreaterThan(20 * SEEDS);
    }
}
