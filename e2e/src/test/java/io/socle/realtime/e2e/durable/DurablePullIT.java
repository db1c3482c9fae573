package io.socle.realtime.e2e.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Durable subscriptions page by page over HTTP (clauses DUR-11 to DUR-13). */
@ExtendWith(SharedSuite.class)
class DurablePullIT {
    private static final String JSON = "application/json";

    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final String channel = "pull/" + UUID.randomUUID();
    private final String durable = "/v1/channels/" + channel + "/durables/billing";

    DurablePullIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("clerk");
        this.http = new HttpApi(suite, token);
    }

    private JsonNode pull(String query) {
        HttpResponse<String> answer = http.get(durable + "/messages?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpApi.json(answer.body());
    }

    private HttpResponse<String> ack(JsonNode page) {
        return http.post(
                durable + "/ack", JSON, "{\"position\":\"" + page.get("next").asString() + "\"}");
    }

    private static List<Integer> numbers(JsonNode page) {
        List<Integer> numbers = new ArrayList<>();
        page.get("items")
                .forEach(item ->
                        numbers.add(item.get("message").get("data").get("n").asInt()));
        return numbers;
    }

    @Test
    void pages_come_one_after_the_other_as_they_are_acknowledged() { // DUR-11, DUR-12
        http.publishMany(channel, 0, 5);
        JsonNode first = pull("last=5&max=3");
        assertThat(first.get("existed").asBoolean()).isFalse();
        assertThat(numbers(first)).containsExactly(0, 1, 2);
        assertThat(first.has("redelivered")).isFalse();

        JsonNode again = pull("max=3");
        assertThat(numbers(again)).containsExactly(0, 1, 2);
        assertThat(again.get("redelivered").asInt()).isEqualTo(3);

        assertThat(ack(again).statusCode()).isEqualTo(200);
        JsonNode rest = pull("max=3");
        assertThat(rest.get("cursor")).isEqualTo(again.get("next"));
        assertThat(numbers(rest)).containsExactly(3, 4);
        assertThat(ack(rest).statusCode()).isEqualTo(200);
        assertThat(numbers(pull("max=3"))).isEmpty();
    }

    @Test
    void a_pull_waits_for_the_first_message() { // DUR-11
        pull("wait=0");
        var waiting = CompletableFuture.supplyAsync(() -> pull("wait=20s"));
        http.publishMany(channel, 0, 1);
        assertThat(numbers(waiting.join())).containsExactly(0);
        assertThat(ack(waiting.join()).statusCode()).isEqualTo(200);
        assertThat(numbers(pull("wait=1s"))).isEmpty();
    }

    @Test
    void a_websocket_and_pulls_share_the_cursor_and_one_of_them_counts() { // DUR-6, DUR-12
        try (var client = new DurableClient(suite, token)) {
            client.subscribe(channel);
            client.caughtUp();
            http.publishMany(channel, 0, 2);
            client.ack(client.expect(0, 2, false).getFirst());
            var attached = http.post(durable + "/ack", JSON, "{\"position\":\"1:1\"}");
            assertThat(attached.statusCode()).isEqualTo(409);

            client.unsubscribe(false);
            client.subscribe(channel);
            client.expect(1, 2, true);
            client.caughtUp();
            JsonNode page = pull("");
            assertThat(numbers(page)).containsExactly(1);
            var ended = client.client.next(ServerFrame.Unsubscribed.class);
            assertThat(ended.problem())
                    .isNotNull()
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(FailureCode.TAKEN_OVER));
            assertThat(ack(page).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_deleted_one_is_unknown() { // DUR-13
        JsonNode page = pull("");
        assertThat(http.delete(durable).statusCode()).isEqualTo(204);
        assertThat(http.delete(durable).statusCode()).isEqualTo(404);
        assertThat(ack(page).statusCode()).isEqualTo(404);
        assertThat(pull("").get("existed").asBoolean()).isFalse();
    }
}
