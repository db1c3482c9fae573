package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterCursorTest {
    @Test
    void positions_come_back_from_none_to_the_largest() {
        long[] positions = {-1, 0, 127, 128, 1L << 40, (1L << 55) - 2};
        assertThat(FilterCursor.decode(FilterCursor.encode(positions), positions.length))
                .isEqualTo(positions);
    }

    @Test
    void text_that_is_no_cursor_of_so_many_partitions_is_refused() {
        String two = FilterCursor.encode(new long[] {1, 2});
        for (String text :
                List.of("", "x", "f", "f!!", two + "AA", two.substring(0, 2), "3f2a:1", "f" + "_".repeat(40))) {
            assertThatThrownBy(() -> FilterCursor.decode(text, 2)).as(text).isInstanceOf(ProblemException.class);
        }
    }
}
