package io.socle.realtime.e2e.input;

import static io.socle.realtime.e2e.client.RawWebSocket.BINARY;
import static io.socle.realtime.e2e.client.RawWebSocket.CLOSE;
import static io.socle.realtime.e2e.client.RawWebSocket.CONTINUATION;
import static io.socle.realtime.e2e.client.RawWebSocket.PING;
import static io.socle.realtime.e2e.client.RawWebSocket.PONG;
import static io.socle.realtime.e2e.client.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.RawWebSocket;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 by hand: violations end the connection with the code of clause WS-5, and what is legal works. */
@ExtendWith(SharedSuite.class)
class WebSocketRulesIT {
    private static final byte[] NOTHING = {};

    private final Suite suite;
    private final GoodSubscriber good;
    private RawWebSocket socket;

    WebSocketRulesIT(Suite suite) throws IOException {
        this.suite = suite;
        this.good = new GoodSubscriber(suite);
        this.socket = RawWebSocket.connect(suite, suite.tokens().everything("raw"));
    }

    @BeforeEach
    void the_connection_stands() throws IOException {
        socket.send(TEXT, "{\"type\":\"ping\",\"id\":1}");
        socket.expectText("pong");
    }

    @AfterEach
    void nobody_else_was_harmed() throws IOException {
        socket.close();
        good.assertUnharmed();
        good.close();
    }

    /** What is sent, and the close code that answers it. */
    record Violation(String name, int code, byte[]... frames) {
        @Override
        public String toString() {
            return name + " is " + code;
        }
    }

    static Stream<Violation> violations() {
        byte[] hello = utf8("hello");
        return Stream.of(
                new Violation("reserved bit 1", 1002, frame(true, 4, TEXT, hello)),
                new Violation("reserved bit 2", 1002, frame(true, 2, TEXT, hello)),
                new Violation("reserved bit 3", 1002, frame(true, 1, TEXT, hello)),
                new Violation("a reserved bit on a ping", 1002, frame(true, 4, PING, hello)),
                new Violation("reserved opcode 3", 1002, frame(true, 0, 3, hello)),
                new Violation("reserved control opcode 11", 1002, frame(true, 0, 11, NOTHING)),
                new Violation("a fragmented ping", 1002, frame(false, 0, PING, hello)),
                new Violation("a ping of 126 bytes", 1002, frame(true, 0, PING, new byte[126])),
                new Violation("an unmasked frame", 1002, RawWebSocket.frame(true, 0, TEXT, hello, false)),
                new Violation("a continuation of nothing", 1002, frame(true, 0, CONTINUATION, hello)),
                new Violation(
                        "a new message inside another",
                        1002,
                        frame(false, 0, TEXT, hello),
                        frame(true, 0, TEXT, hello)),
                new Violation("a close code of 1 byte", 1002, frame(true, 0, CLOSE, new byte[] {3})),
                new Violation("close code 1005", 1002, frame(true, 0, CLOSE, closeBody(1005, ""))),
                new Violation("close code 999", 1002, frame(true, 0, CLOSE, closeBody(999, ""))),
                new Violation("close code 1016", 1002, frame(true, 0, CLOSE, closeBody(1016, ""))),
                new Violation("close code 2999", 1002, frame(true, 0, CLOSE, closeBody(2999, ""))),
                new Violation("text that is not UTF-8", 1007, frame(true, 0, TEXT, bytes(0xc3, 0x28))),
                new Violation("a surrogate in UTF-8", 1007, frame(true, 0, TEXT, bytes(0xed, 0xa0, 0x80))),
                new Violation(
                        "bad UTF-8 across fragments",
                        1007,
                        frame(false, 0, TEXT, bytes(0xe2, 0x82)),
                        frame(true, 0, CONTINUATION, bytes(0x28))),
                new Violation("text that ends inside a character", 1007, frame(true, 0, TEXT, bytes(0xe2, 0x82))),
                new Violation("a binary message", 1003, frame(true, 0, BINARY, hello)),
                new Violation(
                        "fragments over the limit",
                        1009,
                        frame(false, 0, TEXT, spaces(200_000)),
                        frame(true, 0, CONTINUATION, spaces(100_000))),
                new Violation("a frame over the limit", 1009, frame(true, 0, TEXT, spaces(262_145))));
    }

    private static byte[] frame(boolean fin, int reserved, int opcode, byte[] payload) {
        return RawWebSocket.frame(fin, reserved, opcode, payload, true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    private static byte[] spaces(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) ' ');
        return bytes;
    }

    private static byte[] closeBody(int code, String reason) {
        byte[] text = utf8(reason);
        byte[] body = Arrays.copyOf(bytes(code >> 8, code & 0xff), 2 + text.length);
        System.arraycopy(text, 0, body, 2, text.length);
        return body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void a_violation_ends_the_connection_with_its_code(Violation violation) throws IOException { // WS-5
        for (byte[] frame : violation.frames()) {
            socket.write(frame);
        }
        assertThat(socket.expectClose()).isEqualTo(violation.code());
    }

    @Test
    void a_close_is_answered_with_its_code() throws IOException { // RFC 6455 section 5.5.1
        socket.send(true, 0, CLOSE, closeBody(1000, "bye"));
        assertThat(socket.expectClose()).isEqualTo(1000);
    }

    @Test
    void a_message_in_fragments_with_a_ping_between_and_empty_ones_is_whole() throws IOException { // section 5.4
        socket.send(false, 0, TEXT, utf8("{\"type\":\"ping\","));
        socket.send(false, 0, CONTINUATION, NOTHING);
        socket.send(true, 0, PING, utf8("between"));
        socket.send(false, 0, CONTINUATION, utf8("\"id\":4"));
        socket.send(true, 0, CONTINUATION, utf8("2}"));
        assertThat(socket.expect(PONG).text()).isEqualTo("between");
        socket.expectText("\"id\":42");
    }

    @Test
    void a_character_split_between_fragments_is_read() throws IOException { // section 8.1
        byte[] whole = utf8("{\"type\":\"publish\",\"id\":8,\"message\":{\"channel\":\"" + good.channel()
                + "/euro\",\"data\":\"\u20ac\"}}");
        int inside = whole.length - 6;
        socket.send(false, 0, TEXT, Arrays.copyOf(whole, inside));
        socket.send(true, 0, CONTINUATION, Arrays.copyOfRange(whole, inside, whole.length));
        socket.expectText("\"type\":\"published\"");
    }

    @Test
    void a_frame_that_comes_byte_by_byte_is_read() throws IOException {
        for (byte octet : frame(true, 0, TEXT, utf8("{\"type\":\"ping\",\"id\":77}"))) {
            socket.write(new byte[] {octet});
        }
        socket.expectText("\"id\":77");
    }

    @Test
    void an_empty_text_message_is_a_malformed_frame_and_harms_nothing() throws IOException { // WS-10
        socket.send(true, 0, TEXT, NOTHING);
        socket.expectText("malformed_frame");
        socket.send(true, 0, PONG, utf8("unasked"));
        socket.send(TEXT, "{\"type\":\"ping\",\"id\":78}");
        socket.expectText("\"id\":78");
    }

    @Test
    void the_server_pings_and_ends_a_link_that_stays_silent() throws IOException { // WS-6, WS-7
        try (var silent = RawWebSocket.connect(suite, suite.tokens().everything("silent"))) {
            assertThat(silent.expect(PING).opcode()).isEqualTo(PING);
            silent.expectText("\"type\":\"ping\"");
            silent.expectText("heartbeat_timeout");
            assertThat(silent.expectClose()).isEqualTo(4409);
        }
    }
}
