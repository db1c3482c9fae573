package io.socle.realtime.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong frames on a WebSocket: each is answered by its code, and the connection goes on (WS-3, WS-5, WS-10 to WS-18). */
@ExtendWith(SharedSuite.class)
class BadFramesIT {
    private static final int FRAME_BYTES = 262_144;
    private static final int DATA_BYTES = 131_072;
    private static final int IN_FLIGHT = 256;

    private final Suite suite;
    private final String token;
    private final GoodSubscriber good;

    BadFramesIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("sloppy");
        this.good = new GoodSubscriber(suite);
    }

    @AfterEach
    void nobody_else_was_harmed() {
        good.assertUnharmed();
        good.close();
    }

    private WsClient connect() {
        return WsClient.connect(suite, token);
    }

    private static String publish(String message) {
        return "{\"type\":\"publish\",\"id\":7,\"message\":" + message + "}";
    }

    private static void assertAlive(WsClient client) {
        assertThat(client.ask(ServerFrame.Pong.class, "{\"type\":\"ping\",\"id\":99}")
                        .id())
                .isEqualTo(99L);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "malformed_frame  | nonsense",
                "malformed_frame  | {",
                "malformed_frame  | []",
                "malformed_frame  | 17",
                "malformed_frame  | {'type':'ping','id':9}x",
                "malformed_frame  | {'type':'ping','id':'9'}",
                "malformed_frame  | {'type':5}",
                "missing_field    | {}",
                "unknown_type     | {'type':'launch','id':9}",
                "unknown_type     | {'type':'published','id':9,'position':'1:1'}",
                "unknown_field    | {'type':'ping','id':9,'more':1}",
                "duplicate_key    | {'type':'ping','id':9,'id':9}",
                "duplicate_key    | {'type':'publish','id':9,'message':{'channel':'a','channel':'b'}}",
                "missing_field    | {'type':'publish','id':9}",
                "missing_field    | {'type':'publish','id':9,'message':{'data':1}}",
                "missing_field    | {'type':'subscribe','id':9,'subscription':'s'}",
                "invalid_value    | {'type':'publish','id':9,'message':{'channel':'a','qos':3}}",
                "invalid_value    | {'type':'publish','id':9,'message':{'channel':'a','time':'yesterday'}}",
                "invalid_data     | {'type':'publish','id':9,'message':{'channel':'a','base64':'!'}}",
                "invalid_channel  | {'type':'publish','id':9,'message':{'channel':''}}",
                "invalid_channel  | {'type':'publish','id':9,'message':{'channel':'a/+/b'}}",
                "invalid_channel  | {'type':'publish','id':9,'message':{'channel':'a/#'}}",
                "invalid_channel  | {'type':'publish','id':9,'message':{'channel':'a\\u0000b'}}",
                "invalid_channel  | {'type':'publish','id':9,'message':{'channel':'a\\ud800b'}}",
                "reserved_channel | {'type':'publish','id':9,'message':{'channel':'$presence/x'}}",
                "invalid_filter   | {'type':'subscribe','id':9,'subscription':'s','filter':'a/b#'}",
                "invalid_filter   | {'type':'subscribe','id':9,'subscription':'s','filter':'a/#/b'}",
                "invalid_channel  | {'type':'subscribe','id':9,'subscription':'s','channel':'a/#'}",
                "invalid_cursor   | {'type':'subscribe','id':9,'subscription':'s','channel':'a','since':{'position':'x'}}",
                "missing_field    | {'type':'delete','id':9}",
                "invalid_channel  | {'type':'delete','id':9,'channel':'a/#'}",
                "invalid_cursor   | {'type':'delete','id':9,'channel':'a','position':'57'}",
                "reserved_channel | {'type':'delete','id':9,'channel':'$presence/x'}",
                "unknown_position | {'type':'delete','id':9,'channel':'a','position':'1:1'}",
                "subscription_unknown | {'type':'unsubscribe','id':9,'subscription':'never'}",
                "already_connected    | {'type':'connect','id':9}",
                "unauthorized         | {'type':'refresh','id':9,'token':'no-token'}",
            })
    void a_wrong_frame_is_answered_by_its_code_and_the_connection_goes_on(String code, String frame) {
        try (var client = connect()) {
            assertThat(client.problem(frame.replace('\'', '"'))).isEqualTo(code);
            assertAlive(client);
        }
    }

    @Test
    void a_problem_carries_the_id_of_its_command_where_it_can_be_read() { // WS-10
        try (var client = connect()) {
            var problem = client.ask(ServerFrame.ProblemFrame.class, "{\"type\":\"launch\",\"id\":9}");
            assertThat(problem.id()).isEqualTo(9L);
        }
    }

    @Test
    void a_hundred_thousand_levels_of_json_are_too_deep_wherever_they_stand() { // WS-30
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        try (var client = connect()) {
            assertThat(client.problem(deep)).isIn("too_deep", "malformed_frame");
            assertThat(client.problem("{\"type\":" + deep + "}")).isEqualTo("too_deep");
            assertThat(client.problem(publish("{\"channel\":\"a\",\"data\":" + deep + "}")))
                    .isIn("too_deep", "payload_too_large");
            assertAlive(client);
        }
    }

    @Test
    void a_channel_name_of_10_kilobytes_is_refused_and_one_at_the_limit_is_not() {
        try (var client = connect()) {
            assertThat(client.problem(publish("{\"channel\":\"" + "n".repeat(10_240) + "\"}")))
                    .isEqualTo("invalid_channel");
            client.ask(ServerFrame.Published.class, publish("{\"channel\":\"" + "n".repeat(1_024) + "\"}"));
            assertThat(client.problem(publish("{\"channel\":\"" + "n".repeat(1_025) + "\"}")))
                    .isEqualTo("invalid_channel");
        }
    }

    @Test
    void a_frame_at_the_limit_is_read_and_one_byte_more_ends_the_connection_with_1009() { // WS-5
        String begin = "{\"type\":\"ping\",\"id\":5";
        try (var client = connect()) {
            String largest = begin + " ".repeat(FRAME_BYTES - begin.length() - 1) + "}";
            client.ask(ServerFrame.Pong.class, largest);
            client.send(largest + " ");
            var disconnect = client.next(ServerFrame.DisconnectFrame.class).disconnect();
            assertThat(disconnect.code().code()).isEqualTo("message_too_large");
            assertThat(client.awaitClosed().code()).isEqualTo(1009);
        }
    }

    @Test
    void data_at_the_limit_is_published_and_more_is_payload_too_large() {
        try (var client = connect()) {
            String most = "\"" + "d".repeat(DATA_BYTES - 2) + "\"";
            client.ask(
                    ServerFrame.Published.class,
                    publish("{\"channel\":\"" + good.channel() + "x\",\"data\":" + most + "}"));
            assertThat(client.problem(publish("{\"channel\":\"a\",\"data\":" + most.replaceFirst("d", "dd") + "}")))
                    .isEqualTo("payload_too_large");
            assertAlive(client);
        }
    }

    @Test
    void frames_before_connect_are_answered_and_ignored() { // WS-3
        try (var client = WsClient.open(suite, "realtime.v1.json")) {
            assertThat(client.problem(publish("{\"channel\":\"a\"}"))).isEqualTo("connect_first");
            assertThat(client.problem("{\"type\":\"ping\",\"id\":1}")).isEqualTo("connect_first");
            client.ask(ServerFrame.Connected.class, "{\"type\":\"connect\",\"id\":1,\"token\":\"" + token + "\"}");
        }
    }

    @Test
    void without_connect_the_connection_ends() { // WS-3, WS-7
        try (var client = WsClient.open(suite, "realtime.v1.json")) {
            var disconnect = client.next(ServerFrame.DisconnectFrame.class).disconnect();
            assertThat(disconnect.code().code()).isEqualTo("connect_timeout");
            assertThat(disconnect.reconnectAfter()).isNotNull();
            assertThat(client.awaitClosed().code()).isEqualTo(4408);
        }
    }

    @Test
    void a_binary_message_ends_the_connection_with_1003() { // WS-5
        try (var client = connect()) {
            client.sendBinary(new byte[] {1, 2, 3});
            assertThat(client.next(ServerFrame.DisconnectFrame.class)
                            .disconnect()
                            .code()
                            .code())
                    .isEqualTo("unsupported_data");
            assertThat(client.awaitClosed().code()).isEqualTo(1003);
        }
    }

    @Test
    void the_same_subscription_twice_is_refused_and_the_first_stands() {
        try (var client = connect()) {
            String subscribe =
                    "{\"type\":\"subscribe\",\"id\":3,\"subscription\":\"s\",\"channel\":\"" + good.channel() + "\"}";
            client.ask(ServerFrame.Subscribed.class, subscribe);
            assertThat(client.problem(subscribe)).isEqualTo("subscription_exists");
            good.assertUnharmed();
            client.next(ServerFrame.Message.class);
        }
    }

    @Test
    void more_than_256_undecided_commands_are_refused_and_nothing_of_them_is_published() { // WS-12, FLO-5, PUB-2
        int burst = 4 * IN_FLIGHT;
        Set<Long> answered = new HashSet<>();
        int refused = 0;
        try (var client = connect()) {
            for (int i = 0; i < burst; i++) {
                client.send("{\"type\":\"publish\",\"id\":%d,\"message\":{\"channel\":\"%s/burst\",\"data\":%d}}"
                        .formatted(i, good.channel(), i));
            }
            for (int i = 0; i < burst; i++) {
                switch (client.next()) {
                    case ServerFrame.Published published -> answered.add(published.id());
                    case ServerFrame.ProblemFrame(Long id, var problem) -> {
                        assertThat(problem.code().code()).isEqualTo("too_many_in_flight");
                        assertThat(problem.retryable()).isTrue();
                        refused++;
                    }
                    default -> throw new AssertionError("unexpected frame");
                }
            }
            assertThat(answered.size() + refused).isEqualTo(burst);
            assertHistoryHas(client, answered.size());
        }
    }

    private void assertHistoryHas(WsClient client, int messages) {
        var page = client.ask(
                ServerFrame.HistoryPage.class,
                "{\"type\":\"history\",\"id\":1,\"channel\":\"" + good.channel() + "/burst\",\"last\":1}");
        // Offsets begin at 1 and are contiguous, so the last one counts them (ORD-2).
        assertThat(page.items())
                .singleElement()
                .satisfies(item -> assertThat(item.toString()).contains(":" + messages + "]"));
    }

    @Test
    void producers_are_told_exactly_what_is_wrong_with_their_numbers() { // PUB-6 to PUB-8
        try (var client = connect()) {
            client.ask(ServerFrame.Published.class, numbered(2, 1));
            assertThat(client.ask(ServerFrame.Published.class, numbered(2, 1)).repeat())
                    .isTrue();
            assertThat(client.problem(numbered(2, 3))).isEqualTo("sequence_gap");
            assertThat(client.problem(numbered(1, 2))).isEqualTo("producer_fenced");
            client.ask(ServerFrame.Published.class, numbered(2, 2));
        }
    }

    private String numbered(int epoch, int sequence) {
        return "{\"type\":\"publish\",\"id\":7,\"producer\":{\"id\":\"p\",\"epoch\":%d,\"sequence\":%d},\"message\":{\"channel\":\"%s/p\"}}"
                .formatted(epoch, sequence, good.channel());
    }
}
