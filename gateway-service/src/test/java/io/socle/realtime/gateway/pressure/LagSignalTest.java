package io.socle.realtime.gateway.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagSignalTest {
    private static final long ON = 500;
    private static final long CALM = LagSignal.CALM_NANOS;

    private final LagSignal signal = new LagSignal(ON, 0);

    @Test
    void it_begins_at_the_threshold_and_not_below() { // FLO-8
        assertThat(signal.observe(ON - 1, 1)).isFalse();
        assertThat(signal.isOn()).isFalse();
        assertThat(signal.observe(ON, 2)).isTrue();
        assertThat(signal.isOn()).isTrue();
    }

    @Test
    void it_ends_when_the_wait_was_below_half_of_it_for_a_while() {
        signal.observe(ON, 1);
        assertThat(signal.observe(ON / 2 - 1, CALM)).isFalse();
        assertThat(signal.observe(ON / 2 - 1, CALM + 1)).isTrue();
        assertThat(signal.isOn()).isFalse();
    }

    @Test
    void half_of_the_threshold_keeps_it_on() {
        signal.observe(ON, 1);
        assertThat(signal.observe(ON / 2, CALM)).isFalse();
        assertThat(signal.observe(0, CALM + 1)).isFalse();
        assertThat(signal.isOn()).isTrue();
    }
}
