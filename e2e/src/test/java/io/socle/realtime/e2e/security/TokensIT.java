package io.socle.realtime.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens are verified at every door, checked at every operation, and die on time (SEC-1 to SEC-5, WS-2, WS-18, WS-19). */
@ExtendWith(SharedSuite.class)
class TokensIT {
    private static final String JSON = "application/json";

    private final Suite suite;

    TokensIT(Suite suite) {
        this.suite = suite;
    }

    /** Ways in which a token is no good. */
    enum Bad {
        NONE,
        GARBAGE,
        EXPIRED,
        FOREIGN_ISSUER,
        FOREIGN_KEY,
        UNSIGNED,
        /** Of a subject that only the system itself may be, such as a bridge's session's. */
        OF_THE_SYSTEM,
        TAMPERED
    }

    private String token(Bad bad) {
        var tokens = suite.tokens();
        var claims = Tokens.claims("mallory").publish("#").subscribe("#");
        return switch (bad) {
            case NONE -> "";
            case GARBAGE -> "not.a.token";
            case EXPIRED -> tokens.sign(claims.expires(Instant.now().minusSeconds(5)));
            case FOREIGN_ISSUER -> tokens.sign(claims.issuer("somebody-else"));
            case FOREIGN_KEY -> tokens.signWithForeignKey(claims);
            case UNSIGNED -> tokens.unsigned(claims);
            case OF_THE_SYSTEM ->
                tokens.sign(Tokens.claims("$bridge").publish("#").subscribe("#"));
            case TAMPERED ->
                tampered(
                        tokens.sign(claims),
                        tokens.unsigned(Tokens.claims("admin").publish("#")));
        };
    }

    /** The claims of one with the signature of the other. */
    private static String tampered(String signed, String other) {
        String[] parts = signed.split("\\.");
        return parts[0] + "." + other.split("\\.")[1] + "." + parts[2];
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void a_bad_token_opens_no_door(Bad bad) { // SEC-1, WS-2, MQT-126
        String token = token(bad);
        var http = new HttpApi(suite, bad == Bad.NONE ? null : token);
        var published = http.post(HttpApi.messages("secure/1"), JSON, "1");
        assertThat(published.statusCode()).as(published.body()).isEqualTo(401);
        assertThat(HttpApi.field(published.body(), "code")).isIn("unauthorized", "token_expired");
        assertThat(http.get(HttpApi.messages("secure/1")).statusCode()).isEqualTo(401);
        assertThat(http.get("/v1/channels/secure/1/retained").statusCode()).isEqualTo(401);
        assertThat(http.post("/v1/messages", JSON, "{\"messages\":[]}").statusCode())
                .isEqualTo(401);
        if (bad != Bad.NONE) {
            assertThat(published.body()).doesNotContain(token);
            assertThatThrownBy(() -> SseClient.open(suite, token, "channel=secure/1", (String) null))
                    .hasMessageMatching("unauthorized|token_expired");
            assertThatThrownBy(() -> WsClient.open(suite, "realtime.v1.json", "bearer." + token))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
        assertConnectRefused(bad == Bad.NONE ? "" : ",\"token\":\"" + token + "\"");
    }

    private void assertConnectRefused(String field) {
        try (var client = WsClient.open(suite, "realtime.v1.json")) {
            client.send("{\"type\":\"connect\",\"id\":1" + field + "}");
            assertThat(client.next(ServerFrame.DisconnectFrame.class)
                            .disconnect()
                            .code()
                            .code())
                    .isIn("unauthorized", "token_expired");
            assertThat(client.awaitClosed().code()).isEqualTo(4401);
        }
    }

    @Test
    void a_token_comes_by_subprotocol_from_browsers_and_is_never_echoed() { // WS-2
        String token = suite.tokens().everything("browser");
        try (var client = WsClient.open(suite, "realtime.v1.json", "bearer." + token)) {
            assertThat(client.subprotocol()).isEqualTo("realtime.v1.json");
            var connected = client.ask(ServerFrame.Connected.class, "{\"type\":\"connect\",\"id\":1}");
            assertThat(connected.subject()).isEqualTo("browser");
        }
    }

    @Test
    void subprotocols_without_ours_are_refused_and_none_at_all_is_ours() { // WS-1
        assertThatThrownBy(() -> WsClient.open(suite, "mqtt", "realtime.v2"))
                .cause()
                .asInstanceOf(type(WebSocketHandshakeException.class))
                .extracting(refusal -> refusal.getResponse().statusCode())
                .isEqualTo(400);
        try (var client = WsClient.open(suite)) {
            client.ask(
                    ServerFrame.Connected.class,
                    "{\"type\":\"connect\",\"id\":1,\"token\":\""
                            + suite.tokens().everything("plain") + "\"}");
        }
    }

    @Test
    void an_event_stream_takes_its_token_from_the_query_too() { // SEC-6, http.md
        String token = suite.tokens().everything("page");
        var http = new HttpApi(suite, null);
        SseClient.open(suite, token, "channel=a&access_token=" + token, (String) null)
                .close();
        assertThat(http.get("/v1/sse?channel=a").statusCode()).isEqualTo(401);
    }

    @Nested
    class Capabilities {
        private String reader = "";
        private String writer = "";

        @BeforeEach
        void tokens() {
            reader = suite.tokens()
                    .sign(Tokens.claims("reader").subscribe("open/+").history("open/past"));
            writer = suite.tokens().sign(Tokens.claims("writer").publish("open/#"));
        }

        @Test
        void over_http() { // SEC-1, WS-18
            var write = new HttpApi(suite, writer);
            var read = new HttpApi(suite, reader);
            assertThat(write.post(HttpApi.messages("open/past"), JSON, "1").statusCode())
                    .isEqualTo(200);
            assertForbidden(write.post(HttpApi.messages("closed"), JSON, "1").body());
            assertForbidden(read.post(HttpApi.messages("open/past"), JSON, "1").body());
            assertThat(read.get(HttpApi.messages("open/past")).statusCode()).isEqualTo(200);
            assertForbidden(read.get(HttpApi.messages("open/other")).body());
            assertForbidden(read.get("/v1/channels/open/other/retained").body());
            assertForbidden(write.get(HttpApi.messages("open/past")).body());
        }

        private static void assertForbidden(String body) {
            assertThat(HttpApi.field(body, "code")).isEqualTo("forbidden");
        }

        @Test
        void over_websocket() { // SEC-1, SEC-2, WS-18
            try (var client = WsClient.connect(suite, reader)) {
                for (String refused : Stream.of(
                                "'type':'publish','message':{'channel':'open/past'}",
                                "'type':'subscribe','subscription':'a','filter':'open/#'",
                                "'type':'subscribe','subscription':'b','filter':'#'",
                                "'type':'subscribe','subscription':'c','channel':'closed'",
                                "'type':'subscribe','subscription':'d','channel':'open/other','since':{'last':1}",
                                "'type':'history','channel':'open/other'")
                        .map(text -> "{'id':5," + text + "}")
                        .map(text -> text.replace('\'', '"'))
                        .toList()) {
                    assertThat(client.problem(refused)).as(refused).isEqualTo("forbidden");
                }
                client.ask(
                        ServerFrame.Subscribed.class,
                        "{\"id\":6,\"type\":\"subscribe\",\"subscription\":\"e\",\"filter\":\"open/+\"}");
                client.ask(ServerFrame.HistoryPage.class, "{\"id\":7,\"type\":\"history\",\"channel\":\"open/past\"}");
            }
        }

        @Test
        void a_filter_of_everything_covers_no_name_of_the_system_but_presence() { // SEC-2, PRS-23
            try (var client = WsClient.connect(suite, suite.tokens().everything("all"))) {
                assertThat(client.problem(subscribeToFilter("$SYS/#"))).isEqualTo("reserved_channel");
                client.ask(ServerFrame.Subscribed.class, subscribeToFilter("$presence/#"));
            }
        }

        @Test
        void who_is_on_a_channel_is_told_to_those_who_may_read_it() { // PRS-23
            try (var client = WsClient.connect(suite, reader)) {
                assertThat(client.problem(subscribeToFilter("$presence/#"))).isEqualTo("forbidden");
                assertThat(client.problem(subscribeToFilter("$presence/closed")))
                        .isEqualTo("forbidden");
                client.ask(ServerFrame.Subscribed.class, subscribeToFilter("$presence/open/+"));
            }
        }

        private static String subscribeToFilter(String filter) {
            return "{\"id\":6,\"type\":\"subscribe\",\"subscription\":\"e\",\"filter\":\"" + filter + "\"}";
        }
    }

    @Test
    void an_expired_token_ends_the_connection_and_the_stream() { // SEC-4, WS-19, SSE-6
        String brief = suite.tokens().sign(Tokens.claims("brief").subscribe("#").expiresIn(Duration.ofSeconds(4)));
        try (var socket = WsClient.connect(suite, brief);
                var stream = SseClient.open(suite, brief, "channel=a", (String) null)) {
            assertThat(socket.next(ServerFrame.DisconnectFrame.class)
                            .disconnect()
                            .code()
                            .code())
                    .isEqualTo("token_expired");
            assertThat(socket.awaitClosed().code()).isEqualTo(4401);
            assertThat(stream.next(ServerFrame.DisconnectFrame.class)
                            .disconnect()
                            .code()
                            .code())
                    .isEqualTo("token_expired");
            stream.awaitEnded();
        }
        assertThat(new HttpApi(suite, brief).get(HttpApi.messages("a")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_refresh_keeps_the_connection_and_takes_away_what_the_new_token_does_not_cover() { // SEC-4, WS-19
        var claims = Tokens.claims("steady").subscribe("a/#", "b/#").expiresIn(Duration.ofSeconds(5));
        try (var client = WsClient.connect(suite, suite.tokens().sign(claims))) {
            client.ask(ServerFrame.Subscribed.class, subscribe("a"));
            client.ask(ServerFrame.Subscribed.class, subscribe("b"));
            String other = suite.tokens().everything("somebody");
            assertThat(client.problem("{\"type\":\"refresh\",\"id\":4,\"token\":\"" + other + "\"}"))
                    .isEqualTo("forbidden");
            String next = suite.tokens()
                    .sign(claims.subscribe("a/#").expires(claims.expires().plusSeconds(5)));
            client.ask(ServerFrame.Refreshed.class, "{\"type\":\"refresh\",\"id\":5,\"token\":\"" + next + "\"}");
            assertThat(client.next(ServerFrame.Unsubscribed.class).subscription())
                    .isEqualTo("b");
            assertThat(client.next(ServerFrame.DisconnectFrame.class)
                            .disconnect()
                            .code()
                            .code())
                    .isEqualTo("token_expired");
            assertThat(Instant.now()).isAfter(claims.expires().plusSeconds(3));
        }
    }

    private static String subscribe(String name) {
        return "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"%1$s\",\"channel\":\"%1$s/1\"}".formatted(name);
    }
}
