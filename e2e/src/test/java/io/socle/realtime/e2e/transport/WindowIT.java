package io.socle.realtime.e2e.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The window of unacknowledged messages, which only WebSocket has (WS-16, FLO-3). */
@ExtendWith(SharedSuite.class)
class WindowIT {
    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final String channel = "window/" + UUID.randomUUID();

    WindowIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("worker");
        this.http = new HttpApi(suite, token);
    }

    private WsClient subscribe(int maxUnacked) {
        var client = WsClient.connect(suite, token);
        client.ask(
                ServerFrame.Subscribed.class,
                "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"w\",\"channel\":\"%s\",\"maxUnacked\":%d}"
                        .formatted(channel, maxUnacked));
        return client;
    }

    private static void ack(WsClient client, Position position) {
        client.send("{\"type\":\"ack\",\"subscription\":\"w\",\"cursor\":\"" + position + "\"}");
    }

    /** The next message; that the server waits, or has caught up again, may be told before it. */
    private static Position message(WsClient client) {
        while (true) {
            switch (client.next()) {
                case ServerFrame.Message(var s, var c, var message, var r)
                when message.position() != null -> {
                    return message.position();
                }
                case ServerFrame.Slow slow -> assertThat(slow.policy()).isEqualTo(ServerFrame.SlowPolicy.UNACKED);
                case ServerFrame.CaughtUp caughtUp -> {}
                case ServerFrame.Skipped skipped -> {}
                case ServerFrame other -> throw new AssertionError("unexpected " + other);
            }
        }
    }

    @Test
    void the_server_waits_for_acks_and_then_goes_on_from_the_log() { // WS-16, FLO-3
        try (var client = subscribe(3)) {
            List<Position> published = http.publishMany(channel, 0, 50);
            for (int i = 0; i < 50; i++) {
                assertThat(message(client)).isEqualTo(published.get(i));
                if (i % 3 == 2) {
                    assertThat(client.ask(ServerFrame.Slow.class, "{\"type\":\"pong\"}")
                                    .dropped())
                            .isZero();
                    ack(client, published.get(i));
                }
            }
        }
    }

    @Test
    void what_is_not_owed_takes_no_place_in_the_window() { // WS-16, WS-21, SUB-3
        try (var client = subscribe(1)) {
            http.publish(channel, "1", "rt-receivers", "nobody");
            Position owed = http.publish(channel, "2");
            assertThat(message(client)).isEqualTo(owed);
        }
    }
}
