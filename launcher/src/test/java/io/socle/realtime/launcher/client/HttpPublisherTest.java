package io.socle.realtime.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPublisherTest {
    private record Request(String method, String path, Headers headers, String body) {}

    private record Answer(int status, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server = newServer();

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Retry-After", "0");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** HTTP-1, HTTP-2, HTTP-3. */
    @Test
    void posts_the_data_as_it_is_with_channel_id_and_token() throws Exception {
        answers.add(new Answer(200, "{\"id\":\"m1\",\"channel\":\"chat/a b\",\"position\":\"3f:57\"}"));
        var published = publish(new Publishing("chat/a b/é%", "{ \"x\": 1.0 }", "application/json", "m1", true));

        assertThat(published).isEqualTo(new Publishing.Published("3f:57", false));
        Request request = requests.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/channels/chat/a%20b/%C3%A9%25/messages");
        assertThat(request.body()).isEqualTo("{ \"x\": 1.0 }");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo("m1");
        assertThat(request.headers().getFirst("rt-retain")).isEqualTo("true");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer t0ken");
    }

    /** HTTP-3. */
    @Test
    void an_unknown_outcome_is_retried_with_the_same_id() throws Exception {
        answers.add(new Answer(504, "{\"code\":\"timeout\",\"detail\":\"unknown\",\"retryable\":true}"));
        answers.add(new Answer(200, "{\"position\":\"3f:57\",\"repeat\":true}"));
        assertThat(publish(message())).isEqualTo(new Publishing.Published("3f:57", true));
        assertThat(requests)
                .extracting(request -> request.headers().getFirst("Idempotency-Key"))
                .containsExactly("m1", "m1");
    }

    /** HTTP-20. */
    @Test
    void a_problem_is_told_by_code_and_detail_and_not_retried() {
        answers.add(new Answer(403, "{\"code\":\"forbidden\",\"detail\":\"not covered\",\"retryable\":false}"));
        assertThatThrownBy(() -> publish(message()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED))
                .hasMessage("forbidden: not covered");
        assertThat(requests).hasSize(1);
    }

    @Test
    void a_page_that_is_no_problem_document_is_told_by_its_status() {
        answers.add(new Answer(404, "<html>"));
        assertThatThrownBy(() -> publish(message())).isInstanceOf(Refusal.class).hasMessageStartingWith("http_404: ");
    }

    @Test
    void retries_end() {
        for (int i = 0; i < 5; i++) {
            answers.add(new Answer(503, "{\"code\":\"unavailable\",\"detail\":\"later\",\"retryable\":true}"));
        }
        assertThatThrownBy(() -> publish(message())).isInstanceOf(Refusal.class).hasMessage("unavailable: later");
        assertThat(requests).hasSize(5);
    }

    @Test
    void nothing_there_is_exit_code_3() throws Exception {
        var nowhere = URI.create("http://127.0.0.1:" + FreePort.find());
        try (var publisher = new HttpPublisher(nowhere, null)) {
            assertThatThrownBy(() -> publisher.publish(message()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.NOT_REACHED))
                    .hasMessage("Cannot connect to " + nowhere + "; is the suite up?");
        }
    }

    private static Publishing message() {
        return new Publishing("chat/1", "1", "application/json", "m1", false);
    }

    private Publishing.Published publish(Publishing publishing) throws InterruptedException {
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (var publisher = new HttpPublisher(base, "t0ken")) {
            return publisher.publish(publishing);
        }
    }
}
