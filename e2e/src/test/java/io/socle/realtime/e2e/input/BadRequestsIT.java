package io.socle.realtime.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong HTTP requests and event streams: each is answered by a problem of the failure table (HTTP-20). */
@ExtendWith(SharedSuite.class)
class BadRequestsIT {
    private static final String JSON = "application/json";

    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final GoodSubscriber good;

    BadRequestsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("sloppy");
        this.http = new HttpApi(suite, token);
        this.good = new GoodSubscriber(suite);
    }

    @AfterEach
    void nobody_else_was_harmed() {
        good.assertUnharmed();
        good.close();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        var problem = HttpApi.json(answer.body());
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("urn:realtime:problem:" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{1} for {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | invalid_data     | {",
                "400 | invalid_data     | {'a':1}}",
                "400 | invalid_data     | nonsense",
                "400 | invalid_data     | 'open",
                "400 | invalid_data     | [1,]",
            })
    void a_body_that_is_not_the_json_it_says_is_invalid_data(int status, String code, String body) { // HTTP-2, WS-30
        assertProblem(http.post(HttpApi.messages("a"), JSON, body.replace('\'', '"')), status, code);
    }

    @Test
    void json_of_100000_levels_is_too_deep() { // WS-30
        String deep = "[".repeat(60_000) + "]".repeat(60_000);
        assertProblem(http.post(HttpApi.messages("a"), JSON, deep), 400, "too_deep");
        assertProblem(http.post("/v1/messages", JSON, "{\"messages\":" + deep + "}"), 400, "too_deep");
    }

    @ParameterizedTest(name = "{0}: {1} is {3}")
    @CsvSource({
        "rt-colour, blue, 400, unknown_field",
        "rt-qos, 7, 400, invalid_value",
        "rt-qos, many, 400, invalid_value",
        "rt-retain, maybe, 400, invalid_value",
        "rt-expiry, tomorrow, 400, invalid_value",
        "rt-offline, sometimes, 400, invalid_value",
        "rt-ttl-ms, -1, 400, invalid_value",
        "rt-reply-to, a/#, 400, invalid_value",
        "rt-id, " + LONG + ", 400, invalid_value",
        "Idempotency-Key, " + LONG + ", 400, invalid_value",
    })
    void a_header_that_breaks_a_rule_is_refused(String name, String value, int status, String code) { // HTTP-2
        assertProblem(http.post(HttpApi.messages("a"), JSON, "1", name, value), status, code);
    }

    private static final String LONG =
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                    + "012345678901234567890123456789";

    @Test
    void both_ids_exclude_each_other() { // HTTP-3
        assertProblem(
                http.post(HttpApi.messages("a"), JSON, "1", "rt-id", "x", "Idempotency-Key", "y"),
                400,
                "invalid_value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/+/b", "a/#", "a\u0000b", "a\u0007b"})
    void a_channel_that_breaks_a_naming_rule_is_refused(String channel) {
        assertProblem(http.post(HttpApi.messages(channel), JSON, "1"), 400, "invalid_channel");
    }

    @Test
    void the_systems_channels_are_refused() { // SEC-5
        assertProblem(http.post(HttpApi.messages("$presence/x"), JSON, "1"), 403, "reserved_channel");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 10_240})
    void a_channel_name_over_1024_bytes_is_refused(int bytes) {
        assertProblem(http.post(HttpApi.messages("n".repeat(bytes)), JSON, "1"), 400, "invalid_channel");
    }

    @Test
    void data_over_the_limit_is_too_large_and_so_is_a_body() {
        String most = "\"" + "d".repeat(131_070) + "\"";
        assertThat(http.post(HttpApi.messages("big/1"), JSON, most).statusCode())
                .isEqualTo(200);
        assertProblem(
                http.post(HttpApi.messages("big/1"), JSON, most.replaceFirst("d", "dd")), 413, "payload_too_large");
        for (int repeat = 0; repeat < 20; repeat++) {
            assertProblem(
                    http.post(HttpApi.messages("big/1"), JSON, "\"" + "d".repeat(2_200_000) + "\""),
                    413,
                    "payload_too_large");
        }
    }

    private static String batch(int messages, String message) {
        return IntStream.range(0, messages)
                .mapToObj(i -> message)
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    @Test
    void a_batch_of_101_is_refused_whole_and_one_of_100_is_published() { // HTTP-4
        String message = "{\"channel\":\"" + good.channel() + "/batch\"}";
        assertProblem(http.post("/v1/messages", JSON, batch(101, message)), 413, "batch_too_large");
        assertThat(http.get(HttpApi.messages(good.channel() + "/batch")).body()).contains("\"items\":[]");
        assertThat(http.post("/v1/messages", JSON, batch(100, message)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_batch_with_one_bad_message_is_refused_whole_and_one_forbidden_message_is_told_in_its_place() { // HTTP-4
        String fine = "{\"channel\":\"" + good.channel() + "/batch\"}";
        assertProblem(
                http.post("/v1/messages", JSON, "{\"messages\":[" + fine + ",{\"data\":1}]}"), 400, "missing_field");
        assertThat(http.get(HttpApi.messages(good.channel() + "/batch")).body()).contains("\"items\":[]");
        var mixed = http.post("/v1/messages", JSON, "{\"messages\":[" + fine + ",{\"channel\":\"$x\"}," + fine + "]}");
        assertThat(mixed.statusCode()).isEqualTo(207);
        var results = HttpApi.json(mixed.body()).get("results");
        assertThat(results.get(0).has("position")).isTrue();
        assertThat(results.get(1).get("problem").get("code").asString()).isEqualTo("reserved_channel");
        assertThat(results.get(2).has("position")).isTrue();
    }

    @Test
    void paths_methods_and_media_types_that_are_not_there_are_problems_too() { // HTTP-20
        assertProblem(http.get("/v1/nothing"), 404, "not_found");
        assertProblem(http.get("/nothing"), 404, "not_found");
        assertProblem(http.get("/v1/messages"), 405, "method_not_allowed");
        assertProblem(http.post("/v1/messages", "text/plain", "x"), 415, "unsupported_media_type");
        assertProblem(http.post("/v1/sse?channel=a", JSON, "1"), 405, "method_not_allowed");
        assertProblem(http.get("/v1/channels/" + good.channel() + "/none/retained"), 404, "not_found");
    }

    @ParameterizedTest(name = "PUT {0} may be {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/messages | POST",
                "/v1/channels/a/messages | GET, HEAD, POST",
                "/v1/channels/a/messages/1:1 | DELETE",
                "/v1/channels/a | DELETE",
                "/v1/channels/a/b | DELETE",
                "/v1/channels/a/retained | GET, HEAD",
                "/v1/channels/a/durables/d/messages | GET, HEAD",
                "/v1/channels/a/durables/d/ack | POST",
                "/v1/channels/a/durables/d | DELETE",
                "/v1/sse | GET"
            })
    void a_method_that_is_not_allowed_is_told_those_that_are(String path, String allowed) { // HTTP-20
        var request = http.request(path).PUT(BodyPublishers.ofString("1")).build();
        var answer = http.send(request);
        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @ParameterizedTest(name = "{0} is {2}")
    @CsvSource({
        "?last=0, 400, invalid_value",
        "?last=many, 400, invalid_value",
        "?limit=513, 400, invalid_value",
        "?since=never, 400, invalid_cursor",
        "?since=Tuesday, 400, invalid_value",
        "?before=x, 400, invalid_cursor",
        "?last=1&before=1:1, 400, invalid_value",
        "?since=1:999999, 410, unknown_position",
    })
    void a_question_about_history_that_cannot_be_read_is_refused(String query, int status, String code) { // HTTP-10
        assertProblem(http.get(HttpApi.messages(good.channel()) + query), status, code);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "'', missing_field",
        "channel=a%2F%23, invalid_channel",
        "channel=a%00b, invalid_channel",
        "channel=a%0D%0Ab, invalid_channel",
        "filter=a%23, invalid_filter",
        "channel=a&channel=a, subscription_exists",
        "channel=a&last=0, invalid_value",
        "channel=a&since=then, invalid_value",
        "channel=a&lastEventId=zz, invalid_cursor",
        "channel=a&lastEventId=1:1~1:1, invalid_cursor",
        "filter=a&last=3, invalid_value",
    })
    void an_event_stream_that_cannot_be_is_refused(String query, String code) { // SSE-1, SSE-3
        assertThatThrownBy(() -> SseClient.open(suite, token, query, (String) null))
                .hasMessage(code);
    }

    @Test
    void more_than_32_channels_are_too_many_for_one_stream() { // SSE-1
        String query = IntStream.range(0, 33).mapToObj(i -> "channel=c" + i).collect(Collectors.joining("&"));
        assertThatThrownBy(() -> SseClient.open(suite, token, query, (String) null))
                .hasMessage("too_many_subscriptions");
    }

    @Test
    void nothing_in_data_or_ids_makes_an_event_of_its_own() { // SSE-5
        String channel = good.channel() + "/injection";
        var events = new ConcurrentLinkedQueue<SseClient.Event>();
        try (var stream = SseClient.open(suite, token, "channel=" + channel, null, null, events::add)) {
            http.publish(
                    channel, "{\"a\":\n\nevent: disconnect\ndata: {}\n\n1}".replace("event: disconnect\ndata: {}", ""));
            http.publish(channel, "\"\\n\\nevent: disconnect\\ndata: {}\\n\\n\"");
            assertThat(http.post(HttpApi.messages(channel), "text/plain", "x\r\n\r\nevent: lost\r\ndata: {}\r\n\r\n")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.post(
                                    "/v1/messages",
                                    JSON,
                                    "{\"messages\":[{\"channel\":\"" + channel + "\",\"id\":\"i\\r\\nevent: x\"}]}")
                            .statusCode())
                    .isIn(200, 400);
            http.publish(channel, "\"last\"");
            List<String> got = new java.util.ArrayList<>();
            while (got.isEmpty() || !got.getLast().equals("\"last\"")) {
                got.add(stream.next(ServerFrame.Message.class).message().data().utf8());
            }
            assertThat(got).contains("x\r\n\r\nevent: lost\r\ndata: {}\r\n\r\n");
            assertThat(events).allSatisfy(event -> assertThat(event.name()).isEqualTo("message"));
        }
    }
}
