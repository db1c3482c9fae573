package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLISH and its acknowledgements both ways, packet by packet (MQTT 5 sections 3.3 to 3.7, 4.3, 4.4 and 6). */
@ExtendWith(SharedSuite.class)
class PublishPacketsIT {
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Suite suite;
    private final String token;

    PublishPacketsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void what_is_sent_first_is_no_duplicate_whatever_the_publisher_said(int qos) { // MQT-20
        String topic = fresh();
        try (var raw = RawMqtt.connected(suite, token);
                var publisher = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, topic + "/+", qos);
            int duplicate = qos == 0 ? 0 : 8;
            publisher.publish(0x30 | qos << 1 | duplicate, topic + "/a", 77, "x");
            RawPublish publish = RawPublish.next(raw);
            assertThat(publish.topic()).isEqualTo(topic + "/a");
            assertThat(publish.qos()).isEqualTo(qos);
            assertThat(publish.duplicate()).isFalse();
            assertThat(publish.retain()).isFalse();
            assertThat(publish.packetId() == 0).isEqualTo(qos == 0);
            assertThat(publish.text()).isEqualTo("x");
        }
    }

    @Test
    void acknowledgements_have_the_identifier_and_nothing_else() { // MQT-10
        String topic = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.publish(0x32, topic, 0x1234, "x");
            RawMqtt.Received pubAck = raw.read();
            assertThat(pubAck.firstByte()).isEqualTo(0x40);
            assertThat(pubAck.body()).containsExactly(0x12, 0x34);
            raw.publish(0x34, topic, 0xfffe, "x");
            RawMqtt.Received received = raw.read();
            assertThat(received.firstByte()).isEqualTo(0x50);
            assertThat(received.body()).containsExactly(0xff, 0xfe);
            raw.acknowledge(0x62, 0xfffe);
            RawMqtt.Received complete = raw.read();
            assertThat(complete.firstByte()).isEqualTo(0x70);
            assertThat(complete.body()).containsExactly(0xff, 0xfe);
            // What has been acknowledged is over: the identifier is free for another message.
            raw.publish(0x32, topic, 0x1234, "y");
            assertThat(raw.read().body()).containsExactly(0x12, 0x34);
        }
    }

    @Test
    void qos_2_goes_through_all_its_packets() { // MQT-84
        String topic = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, topic, 2);
            raw.publish(0x34, topic, 9, "x");
            List<RawMqtt.Received> both = List.of(raw.read(), raw.read());
            assertThat(both).anySatisfy(packet -> {
                assertThat(packet.firstByte()).isEqualTo(0x50);
                assertThat(packet.body()).containsExactly(0, 9);
            });
            RawPublish publish = both.stream()
                    .filter(packet -> packet.type() == 3)
                    .map(RawPublish::of)
                    .findFirst()
                    .orElseThrow();
            for (int n = 0; n < 2; n++) {
                raw.acknowledge(0x50, publish.packetId());
                RawMqtt.Received release = raw.read();
                assertThat(release.firstByte())
                        .as("PUBREL, also where PUBREC comes again")
                        .isEqualTo(0x62);
                assertThat(release.body()).hasSize(2);
                assertThat(release.at(0) << 8 | release.at(1)).isEqualTo(publish.packetId());
            }
            raw.acknowledge(0x70, publish.packetId());
            raw.ping();
        }
    }

    @Test
    void a_pubrec_that_refuses_ends_the_message() { // MQT-84
        String topic = fresh();
        String id = "refuses-" + topic.hashCode();
        var publisher = Clients5.connected(suite, token);
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, false)) {
            raw.subscribe(1, topic, 2);
            Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "no");
            int refused = RawPublish.next(raw).packetId();
            raw.send(0x50, (byte) (refused >> 8), (byte) refused, (byte) 0x80);
            raw.ping();
            Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "neither");
            int other = RawPublish.next(raw).packetId();
            raw.send(0x40, (byte) (other >> 8), (byte) other, (byte) 0x97);
            raw.ping();
        }
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 0, true)) {
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
        publisher.disconnect();
    }

    @Test
    void a_message_that_expires_under_way_is_finished_all_the_same() { // MQT-24, MQT-84
        String topic = fresh();
        String id = "expires-" + topic.hashCode();
        var publisher = Clients5.connected(suite, token);
        var http = new HttpApi(suite, token);
        int begun;
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, false)) {
            raw.subscribe(1, topic, 2);
            publisher
                    .publishWith()
                    .topic(topic)
                    .qos(MqttQos.EXACTLY_ONCE)
                    .retain(true)
                    .messageExpiryInterval(2)
                    .payload(new byte[] {'x'})
                    .send();
            begun = RawPublish.next(raw).packetId();
        }
        Awaitility.await("the message to expire")
                .atMost(LIMIT)
                .until(() -> http.get("/v1/channels/" + topic + "/retained").statusCode() == 404);
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 0, true)) {
            RawPublish again = RawPublish.next(raw);
            assertThat(again.duplicate()).isTrue();
            assertThat(again.packetId()).isEqualTo(begun);
            raw.acknowledge(0x50, begun);
            assertThat(raw.read().firstByte()).isEqualTo(0x62);
            raw.acknowledge(0x70, begun);
            raw.ping();
        }
        publisher.disconnect();
    }

    @Test
    void a_message_that_is_not_retained_leaves_the_retained_one_alone() { // MQT-32
        String topic = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.publish(0x33, topic, 1, "kept");
            raw.read();
            raw.publish(0x32, topic, 2, "passing");
            raw.read();
            raw.publish(0x32, topic, 3, "");
            raw.read();
            raw.subscribe(4, topic, 1);
            RawPublish retained = RawPublish.next(raw);
            assertThat(retained.text()).isEqualTo("kept");
            assertThat(retained.retain()).isTrue();
            raw.acknowledge(0x40, retained.packetId());
            raw.ping();
        }
    }

    @Test
    void a_retained_message_of_no_bytes_is_delivered_and_not_kept() { // MQT-32
        String topic = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.publish(0x33, topic, 1, "kept");
            raw.read();
            raw.subscribe(2, topic, 0);
            assertThat(RawPublish.next(raw).text()).isEqualTo("kept");
            raw.publish(0x31, topic, 0, "");
            assertThat(RawPublish.next(raw).text()).isEmpty();
            raw.subscribe(3, topic, 0);
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
    }

    @Test
    void topic_aliases_end_with_their_connection() { // MQT-14
        byte[] aliased =
                new Bytes().text("mqtt/aliased").bytes(3, 0x23, 0, 32, 'x').toBytes();
        byte[] alone = new Bytes().text("").bytes(3, 0x23, 0, 32, 'x').toBytes();
        String id = "alias-" + UUID.randomUUID();
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, false)) {
            raw.send(0x30, aliased);
            raw.send(0x30, alone);
            raw.ping();
        }
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 0, true)) {
            raw.send(0x30, alone);
            RawMqtt.Received disconnect = raw.read();
            assertThat(disconnect.firstByte()).isEqualTo(0xe0);
            assertThat(disconnect.at(0)).isEqualTo(0x82);
        }
    }

    @Test
    void a_request_is_answered_where_it_says_and_with_its_correlation() { // MQT-40
        String base = fresh();
        try (var asks = RawMqtt.connected(suite, token);
                var answers = RawMqtt.connected(suite, token)) {
            asks.subscribe(1, base + "/answers", 1);
            answers.subscribe(1, base + "/requests", 0);
            byte[] properties = new Bytes()
                    .bytes(0x08)
                    .text(base + "/answers")
                    .bytes(0x09, 0, 3, 0xff, 0, 0x80)
                    .toBytes();
            asks.send(
                    0x30,
                    new Bytes()
                            .text(base + "/requests")
                            .variable(properties.length)
                            .raw(properties)
                            .bytes('?')
                            .toBytes());
            RawMqtt.Received request = answers.read();
            RawPublish asked = RawPublish.of(request);
            assertThat(asked.properties().values(0x08)).containsExactly(base + "/answers");
            byte[] correlation = {0x09, 0, 3, (byte) 0xff, 0, (byte) 0x80};
            assertThat(request.body()).containsSequence(correlation);
            answers.send(
                    0x30,
                    new Bytes()
                            .text(asked.properties().values(0x08).getFirst())
                            .variable(correlation.length)
                            .raw(correlation)
                            .bytes('!')
                            .toBytes());
            RawMqtt.Received answer = asks.read();
            assertThat(RawPublish.of(answer).text()).isEqualTo("!");
            assertThat(answer.body()).containsSequence(correlation);
        }
    }

    @Test
    void a_message_is_sent_without_its_trace_where_that_makes_it_too_large() { // MQT-23
        String topic = fresh();
        // Type and length, topic, packet identifier, no properties, payload.
        int size = 2 + 2 + topic.length() + 2 + 1 + 4;
        try (var small = RawMqtt.connected(suite, token, (byte) 0x27, (byte) 0, (byte) 0, (byte) 0, (byte) size);
                var smaller =
                        RawMqtt.connected(suite, token, (byte) 0x27, (byte) 0, (byte) 0, (byte) 0, (byte) (size - 1));
                var publisher = RawMqtt.connected(suite, token)) {
            small.subscribe(1, topic, 1);
            smaller.subscribe(1, topic, 1);
            publisher.publish(0x32, topic, 1, "four");
            RawPublish publish = RawPublish.next(small);
            assertThat(publish.text()).isEqualTo("four");
            assertThat(publish.properties().all()).isEmpty();
            assertThat(smaller.isSilentFor(QUIET)).isTrue();
        }
    }

    @Test
    void subscribe_and_ping_are_answered_while_the_window_is_full() { // MQT-22
        String topic = fresh();
        var publisher = Clients5.connected(suite, token);
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x21, (byte) 0, (byte) 1)) {
            raw.subscribe(1, topic, 2);
            Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "first");
            Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "waits");
            Clients5.publish(publisher, topic, MqttQos.AT_MOST_ONCE, "waits too");
            RawPublish first = RawPublish.next(raw);
            assertThat(first.text()).isEqualTo("first");
            raw.subscribe(2, topic + "/other", 1);
            raw.ping();
            raw.acknowledge(0x40, first.packetId());
            assertThat(RawPublish.next(raw).text()).isEqualTo("waits");
        }
        publisher.disconnect();
    }

    /** What a WebSocket of the JDK has got: bytes, and how it was closed. */
    private static final class Frames implements WebSocket.Listener {
        private final LinkedBlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            while (data.hasRemaining()) {
                bytes.add(data.get() & 0xff);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        int next() throws InterruptedException {
            Integer value = bytes.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(value).as("a byte in time").isNotNull();
            return value;
        }
    }

    private WebSocket webSocket(Frames frames) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .buildAsync(URI.create("ws://127.0.0.1:" + suite.mqttWebSocketPort() + "/mqtt"), frames)
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Test
    void websocket_frames_and_packets_have_nothing_to_do_with_one_another() throws Exception { // MQT-1
        var frames = new Frames();
        WebSocket socket = webSocket(frames);
        assertThat(socket.getSubprotocol()).isEqualTo("mqtt");
        byte[] body = RawMqtt.connect(5, "frames-" + System.nanoTime(), token, 60);
        byte[] packets = new Bytes()
                .bytes(0x10)
                .variable(body.length)
                .raw(body)
                .bytes(0xc0, 0, 0xc0, 0)
                .toBytes();
        int middle = packets.length / 2;
        socket.sendBinary(ByteBuffer.wrap(packets, 0, middle), true).join();
        socket.sendBinary(ByteBuffer.wrap(packets, middle, packets.length - middle), true)
                .join();
        assertThat(frames.next()).isEqualTo(0x20);
        for (int left = frames.next(); left > 0; left--) {
            frames.next();
        }
        for (int n = 0; n < 2; n++) {
            assertThat(frames.next()).isEqualTo(0xd0);
            assertThat(frames.next()).isZero();
        }
        socket.abort();
    }

    @Test
    void a_websocket_frame_of_text_ends_the_connection() { // MQT-60
        var frames = new Frames();
        WebSocket socket = webSocket(frames);
        socket.sendText("CONNECT", true).join();
        assertThat(frames.closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                .isEqualTo(1003);
    }
}
