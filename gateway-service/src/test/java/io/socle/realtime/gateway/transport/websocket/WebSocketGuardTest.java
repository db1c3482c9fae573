package io.socle.realtime.gateway.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.socle.realtime.contracts.failure.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketGuardTest {
    private static final int LIMIT = 100;

    private final List<String> texts = new ArrayList<>();
    private final List<FailureCode> violations = new ArrayList<>();
    private final List<Integer> closings = new ArrayList<>();
    private int binaries;
    private int signsOfLife;

    private final WebSocketGuard.Listener listener = new WebSocketGuard.Listener() {
        @Override
        public void text(byte[] utf8) {
            texts.add(new String(utf8, StandardCharsets.UTF_8));
        }

        @Override
        public void binary(byte[] bytes) {
            binaries++;
        }

        @Override
        public void heard() {
            signsOfLife++;
        }

        @Override
        public void drained() {}

        @Override
        public void violation(FailureCode code, String reason) {
            violations.add(code);
        }

        @Override
        public void closing(int code) {
            closings.add(code);
        }

        @Override
        public void closed() {}
    };

    private EmbeddedChannel channel(boolean deflate) {
        WebSocketGuard guard = new WebSocketGuard(LIMIT, deflate);
        EmbeddedChannel channel = new EmbeddedChannel(guard);
        guard.listen(listener);
        return channel;
    }

    private void receive(WebSocketFrame... frames) {
        EmbeddedChannel channel = channel(false);
        for (WebSocketFrame frame : frames) {
            channel.writeInbound(frame);
        }
    }

    private static ByteBuf bytes(int... octets) {
        ByteBuf buffer = Unpooled.buffer();
        for (int octet : octets) {
            buffer.writeByte(octet);
        }
        return buffer;
    }

    @Test
    void fragments_are_assembled_empty_ones_and_control_frames_between_them_included() {
        receive(
                new TextWebSocketFrame(false, 0, "a"),
                new PingWebSocketFrame(),
                new ContinuationWebSocketFrame(false, 0, ""),
                new PongWebSocketFrame(),
                new ContinuationWebSocketFrame(true, 0, "b"));
        assertThat(texts).containsExactly("ab");
        assertThat(signsOfLife).isEqualTo(2);
        assertThat(violations).isEmpty();
    }

    @Test
    void a_character_may_be_cut_between_fragments_but_not_at_the_end() {
        receive(
                new TextWebSocketFrame(false, 0, bytes(0xe2, 0x82)),
                new ContinuationWebSocketFrame(true, 0, bytes(0xac)));
        assertThat(texts).containsExactly("\u20ac");
        receive(new TextWebSocketFrame(true, 0, bytes(0xe2, 0x82)));
        assertThat(violations).containsExactly(FailureCode.INVALID_UTF8);
    }

    @Test
    void text_that_is_not_utf8_is_refused_at_its_first_bad_fragment() {
        receive(new TextWebSocketFrame(false, 0, bytes(0xff)));
        assertThat(violations).containsExactly(FailureCode.INVALID_UTF8);
    }

    @Test
    void reserved_bits_and_wrong_continuations_are_protocol_errors() {
        receive(new TextWebSocketFrame(true, 4, "a"));
        receive(new PingWebSocketFrame(true, 1, bytes()));
        receive(new ContinuationWebSocketFrame(true, 0, "a"));
        receive(new TextWebSocketFrame(false, 0, "a"), new TextWebSocketFrame(true, 0, "b"));
        assertThat(violations).hasSize(4).containsOnly(FailureCode.PROTOCOL_ERROR);
        assertThat(texts).isEmpty();
    }

    @Test
    void a_message_at_the_limit_passes_and_one_byte_more_does_not_fragmented_or_not() {
        receive(new TextWebSocketFrame("x".repeat(LIMIT)));
        receive(new BinaryWebSocketFrame(bytes(1, 2)));
        receive(new TextWebSocketFrame(false, 0, "x"), new ContinuationWebSocketFrame(true, 0, "x".repeat(LIMIT)));
        receive(new TextWebSocketFrame("x".repeat(LIMIT + 1)));
        assertThat(texts).hasSize(1);
        assertThat(binaries).isEqualTo(1);
        assertThat(violations).containsExactly(FailureCode.MESSAGE_TOO_LARGE, FailureCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void what_the_decoder_finds_is_told_with_its_close_code() {
        EmbeddedChannel channel = channel(false);
        channel.pipeline()
                .fireExceptionCaught(new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "x"));
        channel.pipeline()
                .fireExceptionCaught(new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "x"));
        assertThat(violations).containsExactly(FailureCode.PROTOCOL_ERROR, FailureCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void frames_that_come_before_the_endpoint_listens_wait_for_it() {
        WebSocketGuard guard = new WebSocketGuard(LIMIT, false);
        EmbeddedChannel channel = new EmbeddedChannel(guard);
        channel.writeInbound(new TextWebSocketFrame("early"));
        guard.listen(listener);
        assertThat(texts).containsExactly("early");
    }

    @Test
    void after_its_close_frame_nothing_is_handed_over_and_the_answer_closes_the_channel() {
        WebSocketGuard guard = new WebSocketGuard(LIMIT, false);
        EmbeddedChannel channel = new EmbeddedChannel(guard);
        guard.listen(listener);
        guard.close(FailureCode.PROTOCOL_ERROR, "because");
        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1002);
        close.release();
        channel.writeInbound(new TextWebSocketFrame("late"));
        assertThat(texts).isEmpty();
        channel.writeInbound(new CloseWebSocketFrame(1002, ""));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void the_code_with_which_the_client_closes_is_told() { // PRS-10
        receive(new CloseWebSocketFrame(1001, ""));
        receive(new CloseWebSocketFrame());
        assertThat(closings).containsExactly(1001, -1);
    }

    @Test
    void a_compressed_message_is_inflated_only_up_to_the_limit() {
        EmbeddedChannel channel = channel(true);
        channel.writeInbound(compressed("x".repeat(LIMIT)));
        channel.writeInbound(compressed("x".repeat(LIMIT + 1)));
        assertThat(texts).containsExactly("x".repeat(LIMIT));
        assertThat(violations).containsExactly(FailureCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void a_bomb_and_garbage_are_refused_and_compressed_text_must_be_utf8() {
        EmbeddedChannel channel = channel(true);
        byte[] bomb = MessageDeflate.deflate(new byte[LIMIT * 500]);
        assertThat(bomb.length).isLessThan(LIMIT);
        channel.writeInbound(new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(bomb)));
        channel.writeInbound(new TextWebSocketFrame(true, 4, bytes(0xff, 0xff, 0xff, 0xff)));
        channel.writeInbound(new TextWebSocketFrame(
                true, 4, Unpooled.wrappedBuffer(MessageDeflate.deflate(new byte[] {(byte) 0xff}))));
        assertThat(violations)
                .containsExactly(FailureCode.MESSAGE_TOO_LARGE, FailureCode.INVALID_UTF8, FailureCode.INVALID_UTF8);
    }

    private static WebSocketFrame compressed(String text) {
        byte[] deflated = MessageDeflate.deflate(text.getBytes(StandardCharsets.UTF_8));
        return new TextWebSocketFrame(true, 4, Unpooled.wrappedBuffer(deflated));
    }
}
