package io.socle.realtime.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which pages may use the gateway (WS-4), by curl, which sends whatever Origin it is told to. */
@ExtendWith(SharedSuite.class)
class BrowsersIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String STRANGER = "https://evil.example";

    private final Suite suite;
    private final String token;

    BrowsersIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("page");
    }

    /** The head of the answer; the transfer is cut after two seconds, for streams and sockets never end. */
    private String head(String path, String origin, String... more) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-i", "-m", "2", "--http1.1"));
        command.addAll(List.of("-H", "Authorization: Bearer " + token, "-H", "Origin: " + origin));
        command.addAll(List.of(more));
        command.add(suite.http(path).toString());
        return Commands.run(LIMIT, command).out();
    }

    private String handshake(String origin) {
        return head(
                "/ws",
                origin,
                "-H",
                "Connection: Upgrade",
                "-H",
                "Upgrade: websocket",
                "-H",
                "Sec-WebSocket-Version: 13",
                "-H",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void a_websocket_of_a_foreign_page_is_refused_and_one_of_an_allowed_page_is_not() { // WS-4
        assertThat(handshake(STRANGER)).startsWith("HTTP/1.1 403");
        assertThat(handshake("null")).startsWith("HTTP/1.1 403");
        assertThat(handshake(SharedSuite.ALLOWED_ORIGIN)).startsWith("HTTP/1.1 101");
        assertThat(handshake("http://127.0.0.1:" + suite.gatewayPort())).startsWith("HTTP/1.1 101");
    }

    @Test
    void an_event_stream_of_a_foreign_page_is_refused() { // WS-4
        assertThat(head("/v1/sse?channel=a", STRANGER)).startsWith("HTTP/1.1 403");
        assertThat(head("/v1/sse?channel=a", SharedSuite.ALLOWED_ORIGIN))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("access-control-allow-origin: " + SharedSuite.ALLOWED_ORIGIN)
                .contains("retry: 2000");
    }

    @Test
    void a_preflight_allows_the_allowed_page_to_publish_and_no_other() {
        String[] preflight = {
            "-X",
            "OPTIONS",
            "-H",
            "Access-Control-Request-Method: POST",
            "-H",
            "Access-Control-Request-Headers: authorization,content-type,idempotency-key"
        };
        String allowed = head("/v1/channels/a/messages", SharedSuite.ALLOWED_ORIGIN, preflight);
        assertThat(allowed)
                .startsWith("HTTP/1.1 20")
                .containsIgnoringCase("access-control-allow-origin: " + SharedSuite.ALLOWED_ORIGIN);
        assertThat(head("/v1/channels/a/messages", STRANGER, preflight))
                .doesNotContainIgnoringCase("access-control-allow-origin");
    }
}
