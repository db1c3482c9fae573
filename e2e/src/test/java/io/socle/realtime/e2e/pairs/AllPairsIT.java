package io.socle.realtime.e2e.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every client writes to and reads from every other, all on one channel, through two gateways: MQTT 3.1.1 and 5 by Paho,
 * HiveMQ, mqtt.js and Mosquitto, WebSocket, server-sent events and HTTP.
 */
class AllPairsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final int MESSAGES = 20;
    private static final String PROBE = "\"probe\"";

    private static Suite suite;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        Node.install();
        suite = Suite.start("all-pairs", Map.of(), "--gateways", "2");
        token = suite.tokens().everything("alice");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    /** Opens a client at a place. */
    private interface Opening<T> {
        T at(Place place) throws Exception;
    }

    private static Map<String, Opening<Writer>> writers() {
        Map<String, Opening<Writer>> all = new LinkedHashMap<>();
        all.put("paho-3", Paho3::writer);
        all.put("paho-5", Paho5::writer);
        all.put("hivemq-3", HiveMq3::writer);
        all.put("hivemq-5", HiveMq5::writer);
        all.put("mqttjs-3", at -> Node.writer("4", at));
        all.put("mqttjs-5", at -> Node.writer("5", at));
        all.put("mosquitto-3", at -> Mosquitto.writer("mqttv311", at));
        all.put("mosquitto-5", at -> Mosquitto.writer("mqttv5", at));
        all.put("websocket", Own::webSocketWriter);
        all.put("http", Own::http);
        return all;
    }

    private static Map<String, Opening<Reader>> readers() {
        Map<String, Opening<Reader>> all = new LinkedHashMap<>();
        all.put("paho-3", Paho3::reader);
        all.put("paho-5", Paho5::reader);
        all.put("hivemq-3", HiveMq3::reader);
        all.put("hivemq-5", HiveMq5::reader);
        all.put("mqttjs-3", at -> Node.reader("4", at));
        all.put("mqttjs-5", at -> Node.reader("5", at));
        all.put("mosquitto-3", at -> Mosquitto.reader("mqttv311", at));
        all.put("mosquitto-5", at -> Mosquitto.reader("mqttv5", at));
        all.put("websocket", Own::webSocket);
        all.put("sse", Own::events);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void every_reader_gets_what_every_writer_sends_in_order_and_as_often_as_is_promised(int qos)
            throws Exception { // MQT-1, MQT-20, ORD-1
        String channel = "pairs/" + UUID.randomUUID();
        Map<String, Reader> readers = new LinkedHashMap<>();
        try {
            for (var opening : readers().entrySet()) {
                var place = new Place(suite, readers.size() % 2, token, channel, qos);
                readers.put(opening.getKey(), opening.getValue().at(place));
            }
            awaitAll(readers, channel);
            List<String> sent = write(channel, qos);
            Awaitility.await("all messages at all readers")
                    .atMost(LIMIT)
                    .untilAsserted(() -> readers.forEach(
                            (name, reader) -> assertThat(owed(reader)).as(name).containsAll(sent)));
            Awaitility.await("that nothing comes twice").pollDelay(QUIET).until(() -> true);
            check(readers, sent, qos);
        } finally {
            for (Reader reader : readers.values()) {
                reader.close();
            }
        }
    }

    /** Commands do not say when they have subscribed: the first message that comes does. */
    private static void awaitAll(Map<String, Reader> readers, String channel) {
        var http = new HttpApi(suite, token);
        Awaitility.await("all readers to have subscribed")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    http.publish(channel, PROBE);
                    readers.forEach((name, reader) ->
                            assertThat(reader.texts()).as(name).isNotEmpty());
                });
    }

    private static List<String> owed(Reader reader) {
        return reader.texts().stream().filter(text -> !text.equals(PROBE)).toList();
    }

    /** All writers at once; returns what they have written, each one's in its order. */
    private static List<String> write(String channel, int qos) throws Exception {
        List<String> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (var opening : writers().entrySet()) {
                List<String> texts = texts(opening.getKey());
                var place = new Place(suite, writing.size() / 2 % 2, token, channel, qos);
                all.addAll(texts);
                writing.add(threads.submit(() -> {
                    try (Writer writer = opening.getValue().at(place)) {
                        writer.write(texts);
                    }
                    return null;
                }));
            }
            for (Future<?> one : writing) {
                one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        return all;
    }

    private static List<String> texts(String writer) {
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < MESSAGES; n++) {
            texts.add("{\"by\":\"" + writer + "\",\"n\":" + n + "}");
        }
        return texts;
    }

    private static void check(Map<String, Reader> readers, List<String> sent, int qos) {
        List<String> order =
                owed(readers.values().iterator().next()).stream().distinct().toList();
        readers.forEach((name, reader) -> {
            List<String> got = owed(reader);
            // Nothing was lost or slow, so only QoS 1 over MQTT might come again.
            boolean once = qos != 1 || name.equals("websocket") || name.equals("sse");
            List<String> distinct = once ? got : got.stream().distinct().toList();
            assertThat(distinct).as(name).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(distinct).as("one order for all: %s", name).isEqualTo(order);
        });
        for (String writer : writers().keySet()) {
            assertThat(order).as(writer).containsSubsequence(texts(writer));
        }
    }
}
