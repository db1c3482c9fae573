package io.socle.realtime.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.SpanReceiver;
import io.socle.realtime.e2e.suite.Suite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all other classes: no token and no payload of the whole run stands in logs, metrics or spans (SEC-6, TRC-3). */
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedSuite.class)
class SecretsIT {
    private static final String PAYLOAD = "pineapple-7f3a-secret";
    private static final String CHANNEL = "secrets/walrus-91c2-channel";

    private final Suite suite;
    private final SpanReceiver spans;

    SecretsIT(Suite suite, SpanReceiver spans) {
        this.suite = suite;
        this.spans = spans;
    }

    @Test
    void tokens_and_payloads_stand_nowhere() throws Exception { // SEC-6, TRC-3
        String token = suite.tokens().everything("discreet");
        var http = new HttpApi(suite, token);
        // Refused at once, for the channel is given twice.
        http.get("/v1/sse?channel=" + CHANNEL + "&channel=" + CHANNEL + "&access_token=" + token);
        String broken = http.post(HttpApi.messages(CHANNEL), "application/json", "{" + PAYLOAD)
                .body();
        assertThat(broken).doesNotContain(PAYLOAD);
        try (var client = WsClient.open(suite, "realtime.v1.json", "bearer." + token)) {
            client.ask(ServerFrame.Connected.class, "{\"type\":\"connect\",\"id\":1}");
            client.problem("{\"type\":\"publish\",\"message\":{\"channel\":\"a\",\"data\":" + PAYLOAD + "}}");
        }
        http.publish(CHANNEL, "\"" + PAYLOAD + "\"");
        // Spans are sent in the order in which they ended, so the second publish's says that the first's are there.
        http.publish(CHANNEL, "\"" + PAYLOAD + "\"");
        String log = suite.log();
        assertThat(suite.tokens().made()).isNotEmpty().noneMatch(made -> log.contains(signature(made)));
        assertThat(log).doesNotContain(PAYLOAD);
        assertThat(metrics()).contains("jvm_").doesNotContain(PAYLOAD).doesNotContain("walrus");
        String sent = awaitSpans();
        assertThat(sent).doesNotContain(PAYLOAD).doesNotContain("walrus");
        assertThat(suite.tokens().made()).noneMatch(made -> sent.contains(signature(made)));
    }

    /** All spans, when those of this test are among them. */
    private String awaitSpans() {
        Awaitility.await("spans of the namespace")
                .atMost(Duration.ofSeconds(20))
                .until(() -> spans.spans().stream()
                                .filter(received -> received.span().getName().equals("realtime publish"))
                                .filter(received -> received.span()
                                        .getAttributesList()
                                        .toString()
                                        .contains("\"secrets\""))
                                .count()
                        >= 2);
        return spans.spans().toString();
    }

    /** Its last part; of an unsigned one, the part that says who it is. */
    private static String signature(String token) {
        String[] parts = token.split("\\.");
        return parts[parts.length - 1];
    }

    private String metrics() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + suite.managementPort() + "/q/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
