package io.socle.realtime.gateway.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedMessageTest {
    private final SharedMessage message =
            new SharedMessage(RealtimeMessage.builder("m", new ChannelName("a")).build());
    private final AtomicInteger made = new AtomicInteger();

    private byte render(String key) {
        return message.frame(key, any -> {
            made.incrementAndGet();
            return new byte[] {(byte) key.charAt(0)};
        })[0];
    }

    @Test
    void links_of_two_kinds_in_any_order_share_two_renderings() {
        for (int n = 0; n < 10; n++) {
            assertThat(render("a")).isEqualTo((byte) 'a');
            assertThat(render("b")).isEqualTo((byte) 'b');
        }
        assertThat(made).hasValue(2);
    }

    @Test
    void a_third_kind_is_rendered_right_too() {
        for (String key : new String[] {"a", "b", "c", "a", "b", "c", "c"}) {
            assertThat(render(key)).isEqualTo((byte) key.charAt(0));
        }
    }
}
