package io.socle.realtime.e2e.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.RawWebSocket;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attackers that ask for much and read nothing: the gateway's heap is smaller than what they ask for (clause FLO-1). */
class StalledReadersIT {
    private static final int WEB_SOCKETS = 500;
    private static final int EVENT_STREAMS = 150;
    private static final int CHANNELS = 5;
    private static final int MESSAGES = 100;
    private static final int RECEIVE_BYTES = 4_096;
    private static final String LARGE = "\"" + "x".repeat(60_000) + "\"";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Suite suite;
    private static String token;
    private static HttpApi http;

    private final List<AutoCloseable> readers = new ArrayList<>();
    private OptionalLong gateway = OptionalLong.empty();

    @BeforeAll
    static void start() {
        suite = Suite.start("stalled", Map.of("realtime.timing.heartbeat", "1M"));
        token = suite.tokens().everything("mallory");
        http = new HttpApi(suite, token);
        for (int i = 0; i < CHANNELS; i++) {
            http.publishMany("stalled/" + i, LARGE, MESSAGES);
        }
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @AfterEach
    void leave() throws Exception {
        for (AutoCloseable reader : readers) {
            reader.close();
        }
    }

    private void stallWebSocket(String channel) throws IOException {
        RawWebSocket reader = RawWebSocket.connect(suite, token, RECEIVE_BYTES);
        readers.add(reader);
        reader.send(
                RawWebSocket.TEXT,
                "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"s\",\"channel\":\"" + channel
                        + "\",\"since\":{\"last\":" + MESSAGES + "}}");
    }

    private void stallEventStream(String channel) throws IOException {
        Socket reader = new Socket();
        readers.add(reader);
        reader.setReceiveBufferSize(RECEIVE_BYTES);
        reader.connect(new InetSocketAddress("127.0.0.1", suite.gatewayPort()));
        String request = "GET /v1/sse?channel=" + HttpApi.encode(channel) + "&last=" + MESSAGES
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token
                + "\r\n\r\n";
        reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertThatOthersAreServed(String channel) {
        var selection = Selections.channel(channel);
        try (var quick = WsSubscriber.open(suite, token, selection, null)) {
            for (int n = 0; n < 50; n++) {
                Position position = http.publish(channel, Integer.toString(n));
                assertThat(quick.next(ServerFrame.Message.class).message().position())
                        .isEqualTo(position);
            }
        }
        var past = Selections.channel("stalled/0");
        try (var late = WsSubscriber.open(suite, token, past, new Since.Last(MESSAGES))) {
            for (int n = 0; n < MESSAGES; n++) {
                assertThat(late.next(ServerFrame.Message.class).message().data().size())
                        .isEqualTo(LARGE.length());
            }
        }
        assertThat(suite.pid("gateway")).as("the gateway lives").isEqualTo(gateway);
    }

    @Test
    void readers_of_history_that_stall_do_not_fill_the_gateway_and_do_not_slow_others() throws Exception { // FLO-1
        gateway = suite.pid("gateway");
        for (int i = 0; i < WEB_SOCKETS; i++) {
            stallWebSocket("stalled/" + i % CHANNELS);
        }
        for (int i = 0; i < EVENT_STREAMS; i++) {
            stallEventStream("stalled/" + i % CHANNELS);
        }
        assertThatOthersAreServed("quick/history");
        System.out.printf(
                "with %d stalled readers: %s%n", readers.size(), suite.status().out());
    }

    @Test
    void readers_of_live_messages_that_stall_do_not_either_and_get_everything_when_they_read() throws Exception {
        gateway = suite.pid("gateway");
        var selection = Selections.channel("live/1");
        try (var paused = WsSubscriber.open(suite, token, selection, null)) {
            paused.pause();
            for (int i = 0; i < 100; i++) {
                stallWebSocket("live/1");
            }
            List<Position> published = http.publishMany("live/1", LARGE, 300);
            assertThatOthersAreServed("quick/live");
            paused.resume();
            for (Position position : published) {
                assertThat(nextMessage(paused)).isEqualTo(position);
            }
        }
    }

    private static Position nextMessage(WsSubscriber subscriber) {
        while (true) {
            if (subscriber.next() instanceof ServerFrame.Message message
                    && message.message().position() != null) {
                return message.message().position();
            }
        }
    }

    @Test
    void who_asks_for_history_and_does_not_read_the_replies_is_cut_off() throws Exception { // FLO-4
        gateway = suite.pid("gateway");
        for (int client = 0; client < 20; client++) {
            RawWebSocket asker = RawWebSocket.connect(suite, token, RECEIVE_BYTES);
            readers.add(asker);
            for (int id = 10; id < 210; id++) {
                asker.send(
                        RawWebSocket.TEXT,
                        "{\"type\":\"history\",\"id\":" + id + ",\"channel\":\"stalled/0\",\"last\":" + MESSAGES
                                + ",\"limit\":100}");
            }
        }
        Awaitility.await("all of them to be cut off")
                .atMost(LIMIT)
                .until(() -> metric("realtime_disconnects_total{code=\"slow_consumer\"") >= 20);
        assertThatOthersAreServed("quick/replies");
    }

    /** The sum of a metric's lines that begin so. */
    private static double metric(String begin) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + suite.managementPort() + "/q/metrics"))
                .build();
        return http.send(request)
                .body()
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
