package io.socle.realtime.gateway.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageDeflateTest {
    @Test
    void what_is_deflated_comes_back_whatever_its_size() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] message = new byte[random.nextInt(40_000)];
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) random.nextInt(1 + random.nextInt(256));
            }
            assertThat(MessageDeflate.inflate(MessageDeflate.deflate(message), message.length))
                    .as("seed %d", seed)
                    .isEqualTo(message);
        }
    }

    @Test
    void offers_without_a_server_window_are_accepted_RFC_7692() {
        assertThat(MessageDeflate.accepts("permessage-deflate; client_max_window_bits"))
                .isTrue();
        assertThat(MessageDeflate.accepts("x-webkit-deflate-frame, permessage-deflate"))
                .isTrue();
        assertThat(MessageDeflate.accepts("permessage-deflate; server_max_window_bits=10"))
                .isFalse();
        assertThat(MessageDeflate.accepts("permessage-deflate; server_max_window_bits=10, permessage-deflate"))
                .isTrue();
        assertThat(MessageDeflate.accepts("other")).isFalse();
        assertThat(MessageDeflate.accepts(null)).isFalse();
    }
}
