package io.socle.realtime.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrame.BackpressureState;
import io.socle.realtime.gateway.pressure.Pressure;
import io.socle.realtime.gateway.pressure.PressureLimits;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConnectionPressureTest {
    private long nanos;
    private final Pressure pressure =
            new Pressure(new PressureLimits(Duration.ofSeconds(2), Duration.ofMillis(500)), () -> nanos, () -> 0);
    private final ConnectionPressure connection = new ConnectionPressure(pressure);

    private void lag(int partition) {
        pressure.sent(partition, partition);
        nanos += Duration.ofSeconds(1).toNanos();
        pressure.check();
    }

    private void calm(int partition) {
        pressure.decided(partition, partition, 1);
        pressure.check();
        nanos += Duration.ofSeconds(1).toNanos();
        pressure.check();
    }

    private BackpressureState changed() {
        return ((ServerFrame.Backpressure) Objects.requireNonNull(connection.changed())).state();
    }

    @Test
    void who_published_where_it_begins_to_lag_is_told_and_others_are_not() { // FLO-8
        connection.published(1);
        lag(2);
        assertThat(connection.changed()).isNull();
        lag(1);
        assertThat(connection.changed()).isEqualTo(new ServerFrame.Backpressure(BackpressureState.ON, 1_002, null));
    }

    @Test
    void who_publishes_first_where_it_lags_already_is_told_at_once_and_only_then() {
        lag(1);
        assertThat(connection.published(1)).isNotNull();
        assertThat(connection.published(1)).isNull();
    }

    @Test
    void of_two_places_that_lag_the_first_begins_it_and_the_last_ends_it() {
        connection.published(1);
        connection.published(2);
        lag(1);
        assertThat(changed()).isEqualTo(BackpressureState.ON);
        lag(2);
        assertThat(connection.changed()).isNull();
        calm(1);
        assertThat(connection.changed()).isNull();
        calm(2);
        assertThat(changed()).isEqualTo(BackpressureState.OFF);
    }

    @Test
    void where_publishes_are_refused_it_says_when_to_come_back() {
        connection.published(1);
        nanos += 1;
        lag(1);
        nanos += Duration.ofSeconds(3).toNanos();
        assertThat(connection.changed()).isEqualTo(new ServerFrame.Backpressure(BackpressureState.ON, 4_002, 3_002L));
    }
}
