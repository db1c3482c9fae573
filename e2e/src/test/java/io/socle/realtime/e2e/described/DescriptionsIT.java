package io.socle.realtime.e2e.described;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.SeenFrames;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After most other classes, whose frames are looked at too: what the suite says is what the descriptions say. */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(SharedSuite.class)
class DescriptionsIT {
    private static final String JSON = "application/json";
    private static final String ONE = "/v1/channels/{channel}/messages";

    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final Descriptions described = new Descriptions();
    private final String channel = "described/" + UUID.randomUUID();
    private final TreeSet<String> succeeded = new TreeSet<>();

    DescriptionsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("reader");
        this.http = new HttpApi(suite, token);
    }

    private HttpResponse<String> described(String operation, HttpResponse<String> answer) {
        var documented = Objects.requireNonNull(
                described.answer(operation, answer.statusCode()),
                () -> operation + " answered the undocumented " + answer.statusCode() + " " + answer.body());
        if (answer.statusCode() == 204) {
            succeeded.add(operation);
            assertThat(answer.body()).isEmpty();
            return answer;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        var content = documented.get("content").get(type);
        assertThat(content)
                .as("%s answered %s of %s", operation, type, answer.statusCode())
                .isNotNull();
        assertThat(described.errors(content.get("schema"), answer.body()))
                .as(answer.body())
                .isEmpty();
        if (answer.statusCode() < 300) {
            succeeded.add(operation);
        }
        documented.path("headers").propertyNames().stream()
                .filter("Retry-After"::equals)
                .forEach(name -> assertThat(answer.headers().firstValue(name)).isPresent());
        return answer;
    }

    @Test
    void every_documented_operation_answers_as_described() { // HTTP-1 to HTTP-20
        publishes();
        batches();
        histories();
        retained();
        durables();
        deletions();
        members();
        described("GET /v1/sse", new HttpApi(suite, null).get("/v1/sse?channel=a"));
        described("GET /v1/sse", http.get("/v1/sse"));
        described("GET /v1/sse", http.get("/v1/sse?channel=" + channel + "&lastEventId=1:77"));
        var operations = described.operations();
        assertThat(operations.remove("GET /v1/sse"))
                .as("its answer is a stream, looked at elsewhere")
                .isTrue();
        assertThat(succeeded).isEqualTo(operations);
    }

    private void publishes() {
        String path = HttpApi.messages(channel);
        described("POST " + ONE, http.post(path, JSON, "{\"n\":1}", "Idempotency-Key", "k"));
        assertThat(described("POST " + ONE, http.post(path, JSON, "{\"n\":1}", "Idempotency-Key", "k"))
                        .body())
                .contains("\"repeat\":true");
        described("POST " + ONE, http.post(path, "text/plain", "t", "rt-h-x", "y", "rt-receivers", "nobody"));
        described(
                "POST " + ONE,
                http.post(path, "application/octet-stream", "\u0001", "rt-expiry", "2999-01-01T00:00:00Z"));
        described("POST " + ONE, http.post(path, JSON, "{"));
        described("POST " + ONE, http.post(path, JSON, "\"" + "x".repeat(131_072) + "\""));
        described("POST " + ONE, http.post(HttpApi.messages("$x"), JSON, "1"));
        described("POST " + ONE, new HttpApi(suite, null).post(path, JSON, "1"));
    }

    private void batches() {
        String operation = "POST /v1/messages";
        String good = "{\"channel\":\"" + channel + "\"}";
        described(operation, http.post("/v1/messages", JSON, "{\"messages\":[" + good + "]}"));
        described(operation, http.post("/v1/messages", JSON, "{\"messages\":[" + good + ",{\"channel\":\"$x\"}]}"));
        described(operation, http.post("/v1/messages", JSON, "{\"messages\":{}}"));
        described(operation, http.post("/v1/messages", "text/csv", "a,b"));
        described(operation, new HttpApi(suite, null).post("/v1/messages", JSON, "{}"));
        described(
                operation,
                http.post(
                        "/v1/messages",
                        "application/cloudevents-batch+json",
                        "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\""
                                + channel + "\"}]"));
    }

    private void histories() {
        String path = HttpApi.messages(channel);
        for (String query : List.of(
                "", "?last=2", "?limit=1", "?since=2020-01-01T00:00:00Z", "?before=x", "?limit=0", "?since=1:77")) {
            described("GET " + ONE, http.get(path + query));
        }
        var limited = described("GET " + ONE, http.get(path + "?limit=1"));
        assertThat(limited.headers().firstValue("Link"))
                .hasValueSatisfying(link -> assertThat(link).contains("before=", "rel=\"next\""));
        String shortOne = "short/" + UUID.randomUUID();
        Position first =
                http.publishMany(shortOne, 0, SharedSuite.SHORT_HISTORY + 5).getFirst();
        var lost = described("GET " + ONE, http.get(HttpApi.messages(shortOne) + "?since=" + first));
        assertThat(lost.body()).contains("\"lost\":{");
        String stranger = suite.tokens().sign(Tokens.claims("stranger"));
        described("GET " + ONE, new HttpApi(suite, stranger).get(path));
        described("GET " + ONE, new HttpApi(suite, null).get(path));
    }

    private void durables() {
        String operation = "/v1/channels/{channel}/durables/{name}";
        String path = "/v1/channels/" + channel + "/durables/reader";
        var page = described("GET " + operation + "/messages", http.get(path + "/messages?last=3&max=2"));
        described("GET " + operation + "/messages", http.get(path + "/messages?wait=61s"));
        described("GET " + operation + "/messages", http.get(path + "new/messages?since=1:77"));
        described("GET " + operation + "/messages", new HttpApi(suite, null).get(path + "/messages"));
        String next = HttpApi.json(page.body()).get("next").asString();
        String ack = "{\"position\":\"" + next + "\"}";
        described("POST " + operation + "/ack", http.post(path + "/ack", JSON, ack));
        described("POST " + operation + "/ack", http.post(path + "/ack", JSON, "{\"position\":\"1:77\"}"));
        described("POST " + operation + "/ack", http.post(path + "/ack", JSON, "{}"));
        described("POST " + operation + "/ack", http.post(path + "new/ack", JSON, ack));
        described("DELETE " + operation, http.delete(path));
        described("DELETE " + operation, http.delete(path));
    }

    private void deletions() {
        String deleted = channel + "/deleted";
        String path = "/v1/channels/" + deleted;
        Position position = http.publish(deleted, "1");
        String stranger = suite.tokens().sign(Tokens.claims("stranger"));
        for (String operation :
                List.of("DELETE /v1/channels/{channel}/messages/{position}", "DELETE /v1/channels/{channel}")) {
            String one = operation.endsWith("{position}") ? path + "/messages/" + position : path;
            described(operation, new HttpApi(suite, null).delete(one));
            described(operation, new HttpApi(suite, stranger).delete(one));
            described(operation, http.delete(one.replace(deleted, "a%23")));
            described(operation, http.delete(one));
            described(operation, http.delete(one));
        }
        described("DELETE /v1/channels/{channel}/messages/{position}", http.delete(path + "/messages/" + position));
    }

    private void members() {
        String members = "/v1/channels/{channel}/members";
        String path = "/v1/channels/" + channel + "/members";
        String stranger = suite.tokens().sign(Tokens.claims("stranger"));
        var body = BodyPublishers.ofString("{\"kind\":\"agent\",\"skills\":[{\"tag\":\"t\",\"schema\":\"urn:x\"}]}");
        described(
                "PUT " + members + "/{entry}",
                http.send(http.request(path + "/e").PUT(body).build()));
        described(
                "PUT " + members + "/{entry}",
                http.send(http.request(path + "/e")
                        .PUT(BodyPublishers.ofString("{"))
                        .build()));
        described("GET " + members, http.get(path + "?limit=1"));
        described("GET " + members, http.get(path + "?after=x"));
        described("GET " + members, new HttpApi(suite, stranger).get(path));
        described("GET /v1/subjects/{subject}/presence", http.get("/v1/subjects/reader/presence"));
        described("GET /v1/subjects/{subject}/presence", new HttpApi(suite, null).get("/v1/subjects/x/presence"));
        described("DELETE " + members + "/{entry}", http.delete(path + "/e"));
        described("DELETE " + members + "/{entry}", http.delete("/v1/channels/$x/members/e"));
        String visits = "/v1/channels/" + channel + "/visits";
        described("GET /v1/channels/{channel}/visits", http.get(visits));
        described("GET /v1/channels/{channel}/visits", http.get(visits + "?from=yesterday"));
        described("GET /v1/channels/{channel}/visits", new HttpApi(suite, stranger).get(visits));
    }

    private void retained() {
        String operation = "GET /v1/channels/{channel}/retained";
        String path = "/v1/channels/" + channel + "/kept/retained";
        described(operation, http.get(path));
        http.publish(channel + "/kept", "{\"kept\":true}", "rt-retain", "true");
        assertThat(described(operation, http.get(path)).body()).contains("{\"kept\":true}", "\"retain\":true");
        http.send(http.request(HttpApi.messages(channel + "/kept"))
                .header("rt-retain", "true")
                .POST(BodyPublishers.noBody())
                .build());
        assertThat(described(operation, http.get(path)).statusCode()).isEqualTo(404); // PUB-14
        described(operation, http.get("/v1/channels/a%23/retained"));
    }

    @Test
    void what_is_not_described_is_not_there() { // HTTP-20
        for (String path : List.of(
                "/",
                "/v1",
                "/v2/messages",
                "/v1/channels",
                "/q/health",
                "/q/dev",
                "/q/metrics",
                "/q/openapi",
                "/echo",
                "/v1/sse/x",
                "/metrics",
                "/index.html")) {
            HttpRequest request = http.request(path).GET().build();
            assertThat(http.send(request).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void every_event_of_a_stream_is_valid_by_its_schema() { // SSE-2
        Queue<SseClient.Event> events = new ConcurrentLinkedQueue<>();
        String other = "short/" + UUID.randomUUID();
        Position first =
                http.publishMany(other, 0, SharedSuite.SHORT_HISTORY + 5).getFirst();
        http.publish(other, "\"private\"", "rt-receivers", "nobody");
        String brief = suite.tokens().sign(Tokens.claims("brief").subscribe("#").expiresIn(Duration.ofSeconds(4)));
        try (var stream = SseClient.open(suite, brief, "channel=" + other, first.toString(), null, events::add)) {
            stream.awaitEnded();
        }
        var names = new TreeSet<String>();
        for (var event : events) {
            names.add(event.name());
            String schema = event.name().equals("message") ? "Message" : "server." + event.name();
            assertThat(described.errors(schema, event.data()))
                    .as(event.toString())
                    .isEmpty();
        }
        assertThat(names).containsExactly("caught_up", "disconnect", "lost", "message", "skipped");
    }

    @Test
    void every_frame_of_the_server_has_been_seen_and_is_valid_by_its_schema() { // asyncapi.yaml
        converse();
        var types = new TreeSet<String>();
        for (String frame : SeenFrames.all()) {
            String type = HttpApi.json(frame).get("type").asString();
            types.add(type);
            assertThat(described.errors("server." + type, frame)).as(frame).isEmpty();
        }
        assertThat(types).isEqualTo(described.serverFrames());
    }

    /** One conversation that makes the server say everything that it can say. */
    private void converse() {
        String past = "short/" + UUID.randomUUID();
        Position first =
                http.publishMany(past, 0, SharedSuite.SHORT_HISTORY + 5).getFirst();
        var claims = Tokens.claims("reader").publish("#").subscribe("#").delete("#");
        try (var client = WsClient.connect(suite, suite.tokens().sign(claims.expiresIn(Duration.ofSeconds(14))))) {
            client.ask(
                    ServerFrame.Subscribed.class, subscribe("a", past, ",\"since\":{\"position\":\"" + first + "\"}"));
            until(client, ServerFrame.CaughtUp.class);
            client.ask(ServerFrame.Unsubscribed.class, "{\"type\":\"unsubscribe\",\"id\":3,\"subscription\":\"a\"}");
            client.ask(ServerFrame.HistoryPage.class, "{\"type\":\"history\",\"id\":4,\"channel\":\"" + past + "\"}");
            client.ask(ServerFrame.Deleted.class, "{\"type\":\"delete\",\"id\":7,\"channel\":\"" + past + "\"}");
            client.ask(
                    ServerFrame.OfPresence.class,
                    "{\"type\":\"enter\",\"id\":8,\"channel\":\"c\",\"state\":[1],\"skills\":[{\"tag\":\"t\"}]}");
            client.ask(ServerFrame.OfPresence.class, "{\"type\":\"members\",\"id\":8,\"channel\":\"c\"}");
            client.ask(ServerFrame.OfPresence.class, "{\"type\":\"where\",\"id\":8,\"subject\":\"reader\"}");
            client.ask(ServerFrame.OfPresence.class, "{\"type\":\"leave\",\"id\":8,\"channel\":\"c\"}");
            client.problem("{\"type\":\"unknown\"}");
            client.ask(ServerFrame.Pong.class, "{\"type\":\"ping\"}");
            client.ask(ServerFrame.Subscribed.class, subscribe("b", channel, ",\"maxUnacked\":2"));
            http.publish(channel, "1", "rt-receivers", "nobody");
            http.publishMany(channel, 0, 3);
            until(client, ServerFrame.Slow.class);
            client.ask(ServerFrame.Published.class, "{\"type\":\"publish\",\"id\":5,\"message\":{\"channel\":\"c\"}}");
            client.ask(
                    ServerFrame.Refreshed.class,
                    "{\"type\":\"refresh\",\"id\":6,\"token\":\""
                            + suite.tokens()
                                    .sign(claims.expiresIn(Duration.ofSeconds(SharedSuite.HEARTBEAT_SECONDS + 4)))
                            + "\"}");
            until(client, ServerFrame.DisconnectFrame.class);
        }
    }

    private static String subscribe(String name, String channel, String more) {
        return "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"" + name + "\",\"channel\":\"" + channel + "\""
                + more + "}";
    }

    private static void until(WsClient client, Class<? extends ServerFrame> type) {
        ServerFrame frame = client.next();
        while (!type.isInstance(frame)) {
            frame = client.next();
        }
    }
}
