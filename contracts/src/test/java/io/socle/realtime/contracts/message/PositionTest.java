package io.socle.realtime.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.random.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void the_text_form_comes_back_equal() {
        Seeds.check(2_000, values -> {
            Position position = values.position();
            assertThat(Position.parse(position.toString())).isEqualTo(position);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:0", "ffffffffffffffff:9223372036854775807", "8000000000000000:1", "7fffffffffffffff:1"})
    void the_outermost_positions_are_read(String text) {
        assertThat(Position.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1:",
                ":1",
                "1",
                "1:1:1",
                "10000000000000000:1",
                "1:9223372036854775808",
                "1:-1",
                "1:-0",
                "1:+1",
                "+1:1",
                "-1:1",
                "g:1",
                "1:a",
                " 1:1",
                "1:1 ",
                "1:١",
                "１:1",
                "1:1\n"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void an_offset_is_never_negative() {
        assertThatThrownBy(() -> new Position(0, -1)).isInstanceOf(InvalidValueException.class);
        assertThat(new Position(-1, 5).plus(2)).isEqualTo(new Position(-1, 7));
    }
}
