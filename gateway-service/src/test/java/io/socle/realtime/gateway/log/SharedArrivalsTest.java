package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import org.junit.jupiter.api.Test;

/** Repeats after an owner's crash are dropped, and nothing else (MQT-104). */
class SharedArrivalsTest {
    private static final RealtimeMessage MESSAGE =
            RealtimeMessage.builder("m", new ChannelName("a")).build();

    private final SharedArrivals arrivals = new SharedArrivals();

    private boolean first(int partition, long command, long generation, long logPosition) {
        return arrivals.isFirst(partition, command, new Delivery.Shared(generation, logPosition, MESSAGE));
    }

    @Test
    void what_one_command_gives_comes_once_each() {
        assertThat(first(0, 10, 5, 8)).isTrue();
        assertThat(first(0, 10, 5, 9)).isTrue();
        assertThat(first(0, 10, 6, 8)).as("a member of another group").isTrue();
        assertThat(first(0, 10, 5, 8)).isFalse();
        assertThat(first(1, 3, 5, 8)).as("of another partition").isTrue();
    }

    @Test
    void a_replay_brings_only_what_had_not_come() {
        first(0, 10, 5, 8);
        first(0, 12, 5, 9);
        assertThat(first(0, 10, 5, 8)).isFalse();
        assertThat(first(0, 12, 5, 9)).isFalse();
        assertThat(first(0, 12, 5, 11)).as("lost by the crash").isTrue();
        assertThat(first(0, 13, 7, 8)).as("given to another member").isTrue();
    }
}
