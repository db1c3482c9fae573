package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/** Replies beside messages that wait. */
class OutboxRepliesTest {
    private final RecordingLink link = new RecordingLink();
    private final Outbox outbox = new Outbox(link, new OutboxLimits(4, 1_000, 4), new OutboxBudget(1_000_000));

    @Test
    void replies_wait_with_the_rest_where_order_matters() {
        link.room = 0;
        outbox.push(new ServerFrame.Pong(1L));
        assertThat(link.frames).isEmpty();
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void replies_do_not_wait_for_the_window_of_messages_where_the_protocol_says_so() { // MQT-22
        link.room = 0;
        link.takesReplies = true;
        outbox.push(new ServerFrame.Pong(1L));
        assertThat(link.frames).containsExactly(new ServerFrame.Pong(1L));
        assertThat(outbox.isEmpty()).isTrue();
        outbox.flush();
        assertThat(link.flushes).isOne();
    }
}
