package io.socle.realtime.e2e.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client that reads too slowly chose to have happen (clause FLO-2); {@code recover} is in the transports' contract. */
@ExtendWith(SharedSuite.class)
class OverflowIT {
    /** More than the sockets' buffers and the outbox hold. */
    private static final int MESSAGES = 200;

    private static final String LARGE = "x".repeat(60_000);

    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final String channel = "overflow/" + UUID.randomUUID();

    OverflowIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("sloth");
        this.http = new HttpApi(suite, token);
    }

    private WsClient subscribe(String overflow) {
        var client = WsClient.connect(suite, token);
        client.ask(
                ServerFrame.Subscribed.class,
                "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"s\",\"channel\":\"%s\",\"overflow\":\"%s\"}"
                        .formatted(channel, overflow));
        client.pause();
        return client;
    }

    /** What the client was told, and that it adds up: each position once, in order, up to the last. */
    private record Told(List<Long> messages, long skipped, long lost, long dropped) {}

    private static Told readUpTo(WsClient client, Position last) {
        List<Long> messages = new ArrayList<>();
        long skipped = 0;
        long lost = 0;
        long dropped = 0;
        long at = 0;
        while (at < last.offset()) {
            switch (client.next()) {
                case ServerFrame.Message(var s, var c, var message, var r)
                when message.position() != null -> {
                    assertThat(message.position().offset()).isEqualTo(at + 1);
                    messages.add(++at);
                }
                case ServerFrame.Skipped(var s, var c, Position from, Position to) -> {
                    assertThat(from.offset()).isEqualTo(at + 1);
                    skipped += to.offset() - at;
                    at = to.offset();
                }
                case ServerFrame.Lost(var s, var c, Position from, Position to) -> {
                    assertThat(from.offset()).isEqualTo(at + 1);
                    lost += to.offset() - at;
                    at = to.offset();
                }
                case ServerFrame.Slow slow -> dropped += slow.dropped();
                case ServerFrame.CaughtUp caughtUp -> {}
                case ServerFrame other -> throw new AssertionError("unexpected " + other);
            }
        }
        return new Told(messages, skipped, lost, dropped);
    }

    @Test
    void drop_oldest_keeps_the_newest_and_names_each_lost_position() { // FLO-2, WS-15, WS-22
        try (var client = subscribe("drop_oldest")) {
            Position last =
                    http.publishMany(channel, "\"" + LARGE + "\"", MESSAGES).getLast();
            client.resume();
            Told told = readUpTo(client, last);
            assertThat(told.messages()).contains(1L, last.offset());
            assertThat(told.lost()).isPositive();
            assertThat(told.skipped()).isZero();
            assertThat(told.messages().size() + told.lost()).isEqualTo(last.offset());
            assertThat(client.next(ServerFrame.Slow.class).dropped() + told.dropped())
                    .as("how many were dropped is told")
                    .isEqualTo(told.lost());
        }
    }

    @Test
    void conflate_keeps_the_newest_of_each_key_and_skips_the_others() { // FLO-2, WS-15, WS-22
        try (var client = subscribe("conflate")) {
            Position last = publish(0);
            for (int n = 1; n < MESSAGES; n++) {
                last = publish(n);
            }
            client.resume();
            Told told = readUpTo(client, last);
            assertThat(told.messages()).contains(last.offset() - 1, last.offset());
            assertThat(told.skipped()).isPositive();
            assertThat(told.lost()).isZero();
        }
    }

    /** Alternately of two collapse keys. */
    private Position publish(int n) {
        var answer = http.post(
                HttpApi.messages(channel),
                "text/plain",
                n + LARGE,
                "rt-offline",
                "latest",
                "rt-collapse-key",
                "key" + n % 2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Position.parse(HttpApi.field(answer.body(), "position"));
    }
}
