package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalingStateTest {
    @Test
    void what_is_not_known_is_set_aside_with_its_reason_and_counted() {
        var first = SignalingState.EMPTY.apply(new SignalingCommand.Unknown("why"));
        var second = first.state().apply(new SignalingCommand.Unknown("why else"));
        assertThat(first.effects()).containsExactly(new SignalingState.Effect.Park("why"));
        assertThat(second.state()).isEqualTo(new SignalingState(2));
    }
}
