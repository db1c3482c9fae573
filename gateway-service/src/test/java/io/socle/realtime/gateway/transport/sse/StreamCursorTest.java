package io.socle.realtime.gateway.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Since;
import org.junit.jupiter.api.Test;

class StreamCursorTest {
    @Test
    void cursors_come_back_in_the_order_of_the_query_SSE_3() {
        StreamCursor cursor = new StreamCursor(3);
        cursor.move(0, "ff:1");
        cursor.move(2, "fAQ");
        assertThat(StreamCursor.parse(cursor.text(), 3))
                .containsExactly(new Since.AtCursor("ff:1"), null, new Since.AtCursor("fAQ"));
    }

    @Test
    void a_cursor_of_another_number_of_subscriptions_is_refused() {
        assertThatThrownBy(() -> StreamCursor.parse("a~b", 3)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> StreamCursor.parse("a", 2)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_resumed_stream_keeps_the_places_of_parts_that_have_not_begun_again() { // SUB-2, SSE-3
        StreamCursor cursor = StreamCursor.beginning(StreamCursor.parse("a~~c", 3));
        cursor.move(0, "b");
        assertThat(cursor.text()).isEqualTo("b~~c");
    }
}
