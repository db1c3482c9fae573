package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions and wills outlive gateways and owners that are killed with -9. */
class SessionFailoverIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int MESSAGES = 300;

    private static Suite suite;
    private static String token;

    @BeforeAll
    static void start() {
        var configuration = Map.of("realtime.nodes.lease", "4S", "realtime.gateway.lease", "6S");
        suite = Suite.start("session-failover", configuration, "--gateways", "2");
        token = suite.tokens().everything("alice");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    /** A client of 3.1.1 that comes back to whichever gateway is there, and keeps its own side of the session. */
    private static final class Roaming implements AutoCloseable {
        final List<String> received = new CopyOnWriteArrayList<>();
        private final MqttClient client;

        Roaming(String id, int preferred) throws MqttException {
            client = new MqttClient(uri(preferred), id, new MemoryPersistence());
            client.setTimeToWait(LIMIT.toMillis());
            client.setCallback(new MqttCallback() {
                @Override
                public void connectionLost(@Nullable Throwable cause) {}

                @Override
                public void messageArrived(String topic, MqttMessage message) {
                    received.add(new String(message.getPayload(), StandardCharsets.UTF_8));
                }

                @Override
                public void deliveryComplete(IMqttDeliveryToken done) {}
            });
            var options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            options.setCleanSession(false);
            options.setUserName("device");
            options.setPassword(token.toCharArray());
            options.setServerURIs(new String[] {uri(preferred), uri(1 - preferred)});
            options.setAutomaticReconnect(true);
            options.setMaxReconnectDelay(2_000);
            options.setMaxInflight(50);
            client.connect(options);
        }

        private static String uri(int gateway) {
            return "tcp://127.0.0.1:" + suite.mqttPort(gateway);
        }

        void subscribe(String filter, int qos) throws MqttException {
            client.subscribe(filter, qos);
        }

        /** Returns when it is acknowledged; while the client is away it is tried again. */
        void publish(String topic, int qos, String text) throws MqttException {
            var message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
            message.setQos(qos);
            Awaitility.await("a connection")
                    .pollDelay(Duration.ZERO)
                    .atMost(LIMIT)
                    .until(client::isConnected);
            try {
                var token = client.getTopic(topic).publish(message);
                Awaitility.await("an acknowledgement")
                        .pollInterval(Duration.ofMillis(2))
                        .atMost(LIMIT)
                        .until(token::isComplete);
            } catch (MqttException e) {
                if (e.getReasonCode() != MqttException.REASON_CODE_CLIENT_NOT_CONNECTED) {
                    throw e;
                }
                publish(topic, qos, text);
            }
        }

        @Override
        public void close() throws MqttException {
            client.disconnectForcibly(1_000, 1_000);
            client.close(true);
        }
    }

    private static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            texts.add("n" + n);
        }
        return texts;
    }

    /** Both clients are at a gateway that is killed in the middle; returns what the subscriber has got. */
    private static List<String> throughLoss(String killed, int qos, String filter, String topic) throws Exception {
        String id = UUID.randomUUID().toString().substring(0, 12);
        try (var subscriber = new Roaming("s" + id, 1);
                var publisher = new Roaming("p" + id, 1)) {
            subscriber.subscribe(filter, qos);
            for (int n = 0; n < MESSAGES; n++) {
                if (n == MESSAGES / 3) {
                    long pid = suite.pid(killed).orElseThrow();
                    Thread.ofVirtual().start(() -> suite.kill(pid));
                }
                publisher.publish(topic, qos, "n" + n);
            }
            Awaitility.await("the last message")
                    .atMost(LIMIT)
                    .until(() -> subscriber.received.contains("n" + (MESSAGES - 1)));
            suite.awaitReady(LIMIT);
            return List.copyOf(subscriber.received);
        }
    }

    @Test
    void qos_2_is_delivered_exactly_once_through_the_loss_of_the_gateway() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("gateway-1", 2, topic, topic)).isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_2_is_delivered_exactly_once_through_a_wildcard_and_the_loss_of_the_gateway() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("gateway-1", 2, topic + "/+", topic + "/x")).isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_1_is_delivered_at_least_once_through_the_loss_of_the_gateway() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("gateway-1", 1, topic, topic).stream().distinct())
                .isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_2_is_delivered_exactly_once_through_the_loss_of_the_owner() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("channel", 2, topic, topic)).isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_1_is_delivered_at_least_once_through_the_loss_of_the_owner() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("channel", 1, topic + "/+", topic + "/x").stream()
                        .distinct())
                .isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_2_is_delivered_exactly_once_through_the_loss_of_the_log() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("kafka", 2, topic, topic)).isEqualTo(texts(MESSAGES));
    }

    @Test
    void qos_1_is_delivered_at_least_once_through_the_loss_of_the_log() throws Exception { // MQT-84
        String topic = fresh();
        assertThat(throughLoss("kafka", 1, topic + "/+", topic + "/x").stream().distinct())
                .isEqualTo(texts(MESSAGES));
    }

    @Test
    void wills_are_published_once_when_their_gateway_is_killed_and_sessions_go_on_elsewhere() { // MQT-50, MQT-86,
        // MQT-87
        String topic = fresh();
        String id = "dies" + topic.hashCode();
        var watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher);
                var raw = new RawMqtt(suite.mqttPort(1))) {
            Clients5.subscribe(watcher, topic, MqttQos.EXACTLY_ONCE);
            raw.send(0x10, willed(id, topic));
            assertThat(raw.read().at(1)).isZero();
            suite.kill("gateway-1");
            assertThat(received.text()).isEqualTo("gone");
            assertThat(received.within(Duration.ofSeconds(7))).isEmpty();
            try (var back = RawMqtt.resumed(suite.mqttPort(0), id, token, 600, true)) {
                back.send(0xc0);
                assertThat(back.read().firstByte()).isEqualTo(0xd0);
            }
        }
        watcher.disconnect();
        suite.awaitReady(LIMIT);
    }

    /** A will without delay, and a session of ten minutes. */
    private static byte[] willed(String clientId, String topic) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 0xcc, 0, 60, 5, 0x11, 0, 0, 2, 0x58)
                .text(clientId)
                .bytes(0)
                .text(topic)
                .text("gone")
                .text("device")
                .text(token)
                .toBytes();
    }
}
