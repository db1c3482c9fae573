package io.socle.realtime.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriberTest {
    private static final String CONNECTED =
            "{\"type\":\"connected\",\"id\":0,\"connection\":\"c\",\"heartbeatMs\":15000}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    /** WS-2, WS-3, WS-13, WS-14. */
    @Test
    void connects_with_the_token_subscribes_and_stops_after_n_messages() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> {
            switch (type(frame)) {
                case "connect" -> socket.writeTextMessage(CONNECTED);
                case "subscribe" -> {
                    subscribed(frame, socket, "3f:0");
                    message(socket, "s0", "3f:1", "{\"n\": 1.0, \"n\":\n 2}");
                    message(socket, "s0", "3f:2", "\"two\"");
                    message(socket, "s0", "3f:3", "3");
                }
                default -> {}
            }
        })) {
            int exit = run(gateway.url(), List.of("chat/1"), new Since.Last(3), 2, null);

            assertThat(exit).isEqualTo(ExitCode.OK);
            assertThat(output()).isEqualTo("{\"n\": 1.0, \"n\":  2}\n\"two\"\n");
            assertThat(gateway.frame(0, 0).getString("token")).isEqualTo("t0ken");
            assertThat(gateway.frame(0, 1))
                    .isEqualTo(new JsonObject("{\"type\":\"subscribe\",\"id\":1,\"subscription\":\"s0\","
                            + "\"channel\":\"chat/1\",\"since\":{\"last\":3}}"));
        }
    }

    /** WS-13, WS-20: nothing is left out or printed twice across a break. */
    @Test
    void comes_back_after_a_break_and_resumes_after_the_last_place() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> {
            switch (type(frame)) {
                case "connect" -> socket.writeTextMessage(CONNECTED);
                case "subscribe" -> {
                    String name = frame.getString("subscription");
                    if (connection == 0 && name.equals("s0")) {
                        subscribed(frame, socket, "3f:0");
                        message(socket, name, "3f:1", "1");
                        socket.writeTextMessage("{\"type\":\"skipped\",\"subscription\":\"s0\",\"channel\":\"a\","
                                + "\"from\":\"3f:2\",\"to\":\"3f:4\"}");
                    } else if (connection == 0) {
                        subscribed(frame, socket, "AAAA");
                        socket.writeTextMessage(messageFrame(name, "5:5", "2")
                                .put("cursor", "BBBB")
                                .encode());
                        socket.close();
                    } else if (name.equals("s1")) { // the last frame of the client: the test looks at all of them
                        message(socket, "s0", "3f:5", "3");
                    }
                }
                default -> {}
            }
        })) {
            assertThat(run(gateway.url(), List.of("a", "b/#"), null, 3, null)).isEqualTo(ExitCode.OK);
            assertThat(output()).isEqualTo("1\n2\n3\n");
            assertThat(gateway.frame(0, 1).containsKey("since")).isFalse();
            assertThat(gateway.frame(1, 1).getJsonObject("since")).isEqualTo(new JsonObject().put("position", "3f:4"));
            assertThat(gateway.frame(1, 2).getJsonObject("since")).isEqualTo(new JsonObject().put("cursor", "BBBB"));
            assertThat(notes.toString(StandardCharsets.UTF_8)).contains("coming back in");
        }
    }

    /** WS-6: a ping frame is answered, so that the server keeps the link. */
    @Test
    void tells_what_was_lost_and_slow_on_the_error_output_and_answers_pings() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> {
            switch (type(frame)) {
                case "connect" -> socket.writeTextMessage(CONNECTED);
                case "subscribe" -> {
                    socket.writeTextMessage("{\"type\":\"lost\",\"subscription\":\"s0\",\"channel\":\"a\","
                            + "\"from\":\"3f:2\",\"to\":\"3f:4\"}");
                    socket.writeTextMessage(
                            "{\"type\":\"slow\",\"subscription\":\"s0\",\"policy\":\"recover\",\"dropped\":0}");
                    socket.writeTextMessage("{\"type\":\"of_a_newer_server\"}");
                    socket.writeTextMessage("{\"type\":\"ping\"}");
                }
                case "pong" -> message(socket, "s0", "3f:5", "1");
                default -> {}
            }
        })) {
            run(gateway.url(), List.of("a"), null, 1, null);
            assertThat(notes.toString(StandardCharsets.UTF_8))
                    .contains("lost channel=a from=3f:2 to=3f:4")
                    .contains("slow policy=recover dropped=0");
        }
    }

    /** WS-18. */
    @Test
    void a_problem_that_stays_ends_with_its_code() throws Exception {
        try (var gateway = new FakeGateway(
                (connection, frame, socket) -> socket.writeTextMessage(
                        type(frame).equals("connect")
                                ? CONNECTED
                                : "{\"type\":\"problem\",\"id\":1,\"code\":\"forbidden\",\"detail\":\"no\",\"retryable\":false}"))) {
            assertThatThrownBy(() -> run(gateway.url(), List.of("a"), null, 0, null))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("forbidden: no");
        }
    }

    /** WS-7: without reconnectAfterMs, do not come back unchanged. */
    @Test
    void a_disconnect_without_advice_to_return_is_final() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> socket.writeTextMessage(
                "{\"type\":\"disconnect\",\"code\":\"unauthorized\",\"reason\":\"bad token\"}"))) {
            assertThatThrownBy(() -> run(gateway.url(), List.of("a"), null, 0, null))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("unauthorized: bad token");
        }
    }

    /** WS-7: with advice, come back. */
    @Test
    void a_disconnect_with_advice_is_followed_by_a_new_connection() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> {
            if (connection == 0) {
                socket.writeTextMessage("{\"type\":\"disconnect\",\"code\":\"shutting_down\",\"reason\":\"bye\","
                        + "\"reconnectAfterMs\":10}");
            } else if (type(frame).equals("connect")) {
                socket.writeTextMessage(CONNECTED);
            } else {
                message(socket, "s0", "3f:1", "1");
            }
        })) {
            assertThat(run(gateway.url(), List.of("a"), null, 1, null)).isEqualTo(ExitCode.OK);
            assertThat(gateway.connections).hasSize(2);
        }
    }

    @Test
    void the_timeout_ends_it_with_exit_code_4_if_messages_were_awaited() throws Exception {
        try (var gateway = new FakeGateway((connection, frame, socket) -> {})) {
            var limit = Duration.ofMillis(200);
            assertThat(run(gateway.url(), List.of("a"), null, 1, limit)).isEqualTo(ExitCode.TIMED_OUT);
            assertThat(run(gateway.url(), List.of("a"), null, 0, limit)).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void nothing_there_is_exit_code_3() throws Exception {
        var nowhere = URI.create("ws://127.0.0.1:" + FreePort.find() + "/ws");
        assertThatThrownBy(() -> run(nowhere, List.of("a"), null, 0, null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.NOT_REACHED));
    }

    @Test
    void ends_quietly_when_nobody_reads_its_output_any_more() throws Exception {
        var broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (var gateway = new FakeGateway((connection, frame, socket) -> {
            if (type(frame).equals("connect")) {
                socket.writeTextMessage(CONNECTED);
            } else {
                message(socket, "s0", "3f:1", "1");
            }
        })) {
            var printer = new MessagePrinter(
                    new PrintStream(broken, false, StandardCharsets.UTF_8), MessagePrinter.Form.TEXT, false);
            assertThat(new Subscriber(request(gateway.url(), List.of("a"), null, 0, null), printer, System.err).run())
                    .isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void a_position_does_not_go_with_a_filter() {
        assertThatThrownBy(() -> run(URI.create("ws://x/ws"), List.of("a/#"), new Since.At("1:1"), 0, null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    private int run(URI url, List<String> filters, @Nullable Since since, long count, @Nullable Duration timeout)
            throws InterruptedException {
        var printer = new MessagePrinter(
                new PrintStream(out, false, StandardCharsets.UTF_8), MessagePrinter.Form.TEXT, false);
        var notesStream = new PrintStream(notes, true, StandardCharsets.UTF_8);
        return new Subscriber(request(url, filters, since, count, timeout), printer, notesStream).run();
    }

    private static Subscriber.Request request(
            URI url, List<String> filters, @Nullable Since since, long count, @Nullable Duration timeout) {
        return new Subscriber.Request(url, () -> "t0ken", filters, since, count, timeout);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String type(JsonObject frame) {
        return frame.getString("type");
    }

    private static void subscribed(JsonObject frame, ServerWebSocket socket, String cursor) {
        socket.writeTextMessage(new JsonObject()
                .put("type", "subscribed")
                .put("id", frame.getValue("id"))
                .put("subscription", frame.getString("subscription"))
                .put("cursor", cursor)
                .encode());
    }

    private static JsonObject messageFrame(String subscription, String position, String data) {
        var message =
                new JsonObject("{\"channel\":\"a\",\"id\":\"i\",\"data\":" + data + "}").put("position", position);
        return new JsonObject()
                .put("type", "message")
                .put("subscription", subscription)
                .put("message", message);
    }

    /** Written by hand, because data must come out as it went in. */
    private static void message(ServerWebSocket socket, String subscription, String position, String data) {
        socket.writeTextMessage("{\"type\":\"message\",\"subscription\":\"" + subscription
                + "\",\"message\":{\"channel\":\"a\",\"id\":\"i\",\"position\":\"" + position + "\",\"data\":" + data
                + ",\"time\":\"2026-01-01T00:00:00Z\"}}");
    }
}
