package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions 3.1 and 3.1.1 with the Paho client. */
@ExtendWith(SharedSuite.class)
class Mqtt311IT {
    private static final int IDENTIFIER_REJECTED = 2;
    private static final int NOT_AUTHORIZED = 5;

    private final Suite suite;
    private final String token;

    Mqtt311IT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static MqttConnectOptions options(String token) {
        var options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setUserName("device");
        options.setPassword(token.toCharArray());
        options.setConnectionTimeout(20);
        return options;
    }

    private MqttClient client(String uri) throws MqttException {
        var client = new MqttClient(uri, "p" + UUID.randomUUID().toString().substring(0, 20), new MemoryPersistence());
        client.setTimeToWait(30_000);
        return client;
    }

    private MqttClient connected(MqttConnectOptions options) throws MqttException {
        MqttClient client = client("tcp://127.0.0.1:" + suite.mqttPort());
        client.connect(options);
        return client;
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    private static BlockingQueue<MqttMessage> subscribe(MqttClient client, String filter, int qos)
            throws MqttException {
        var queue = new LinkedBlockingQueue<MqttMessage>();
        client.subscribe(filter, qos, (topic, message) -> queue.add(message));
        return queue;
    }

    private static MqttMessage next(BlockingQueue<MqttMessage> queue) throws InterruptedException {
        MqttMessage message = queue.poll(30, TimeUnit.SECONDS);
        assertThat(message).as("a message in time").isNotNull();
        return message;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void messages_of_every_qos_come_once_and_in_order(int qos) throws Exception { // MQT-10, MQT-20, ORD-1
        String topic = fresh();
        var publisher = connected(options(token));
        var subscriber = connected(options(token));
        var queue = subscribe(subscriber, topic + "/+", qos);
        for (int n = 0; n < 100; n++) {
            publisher.publish(topic + "/a", Integer.toString(n).getBytes(StandardCharsets.UTF_8), qos, false);
        }
        for (int n = 0; n < 100; n++) {
            MqttMessage message = next(queue);
            assertThat(new String(message.getPayload(), StandardCharsets.UTF_8)).isEqualTo(Integer.toString(n));
            assertThat(message.getQos()).isEqualTo(qos);
        }
        assertThat(queue.poll(700, TimeUnit.MILLISECONDS)).isNull();
        publisher.disconnect();
        subscriber.disconnect();
    }

    @Test
    void version_3_1_is_spoken_too() throws Exception { // MQT-1
        var options = options(token);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
        String topic = fresh();
        var client = connected(options);
        var queue = subscribe(client, topic, 1);
        client.publish(topic, new byte[] {7}, 1, false);
        assertThat(next(queue).getPayload()).containsExactly(7);
        client.disconnect();
    }

    @Test
    void mqtt_over_websocket_is_the_same() throws Exception { // MQT-1
        String topic = fresh();
        MqttClient client = client("ws://127.0.0.1:" + suite.mqttWebSocketPort() + "/mqtt");
        client.connect(options(token));
        var queue = subscribe(client, topic, 2);
        byte[] large = new byte[100_000];
        client.publish(topic, large, 2, false);
        client.publish(topic, new byte[] {1}, 1, false);
        assertThat(next(queue).getPayload()).hasSize(large.length);
        assertThat(next(queue).getPayload()).containsExactly(1);
        client.disconnect();
    }

    @Test
    void a_retained_message_comes_first_and_an_empty_one_removes_it() throws Exception { // MQT-32
        String topic = fresh();
        var client = connected(options(token));
        client.publish(topic, "on".getBytes(StandardCharsets.UTF_8), 1, true);
        var queue = subscribe(client, topic, 1);
        MqttMessage retained = next(queue);
        assertThat(retained.isRetained()).isTrue();
        client.publish(topic, new byte[0], 1, true);
        assertThat(next(queue).isRetained()).isFalse();
        client.unsubscribe(topic);
        var again = subscribe(client, topic, 1);
        assertThat(again.poll(700, TimeUnit.MILLISECONDS)).isNull();
        client.disconnect();
    }

    @Test
    void retained_messages_come_through_wildcards_too() throws Exception { // MQT-32
        String base = fresh();
        var client = connected(options(token));
        for (int n = 0; n < 30; n++) {
            client.publish(base + "/" + n + "/state", new byte[] {(byte) n}, 1, true);
            client.publish(base + "/" + n + "/other", new byte[] {(byte) n}, 1, true);
        }
        var queue = subscribe(client, base + "/+/state", 1);
        byte[] seen = new byte[30];
        for (int n = 0; n < 30; n++) {
            MqttMessage message = next(queue);
            assertThat(message.isRetained()).isTrue();
            seen[message.getPayload()[0]]++;
        }
        assertThat(seen).containsOnly(1);
        assertThat(queue.poll(700, TimeUnit.MILLISECONDS)).isNull();
        client.disconnect();
    }

    @Test
    void without_a_good_token_the_return_code_is_not_authorized() { // MQT-4
        assertThatThrownBy(() -> connected(options("secret")))
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
    }

    @Test
    void a_client_without_an_identifier_needs_a_clean_session() { // MQT-81
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, withoutIdentifier(0xc0));
            assertThat(raw.read().at(1)).isEqualTo(IDENTIFIER_REJECTED);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, withoutIdentifier(0xc2));
            assertThat(raw.read().at(1)).isZero();
        }
    }

    private byte[] withoutIdentifier(int flags) {
        return new RawMqtt.Bytes()
                .text("MQTT")
                .bytes(4, flags, 0, 60)
                .text("")
                .text("device")
                .text(token)
                .toBytes();
    }

    @Test
    void a_refused_publish_is_never_acknowledged() throws Exception { // MQT-11
        String narrow = suite.tokens().sign(Tokens.claims("bob").publish("mqtt/bob/#"));
        var client = connected(options(narrow));
        client.publish("mqtt/bob/1", new byte[] {1}, 1, false);
        assertThatThrownBy(() -> client.publish("mqtt/alice/1", new byte[] {1}, 1, false))
                .isInstanceOf(MqttException.class);
        Awaitility.await("the connection to end").atMost(Duration.ofSeconds(20)).until(() -> !client.isConnected());
    }

    @Test
    void a_refused_filter_is_told_by_the_failure_code() throws Exception { // MQT-30
        String narrow = suite.tokens().sign(Tokens.claims("bob").subscribe("mqtt/bob/#"));
        var client = connected(options(narrow));
        assertThatThrownBy(() -> client.subscribe("mqtt/#", 1)).isInstanceOf(MqttException.class);
        client.subscribe("mqtt/bob/1", 1);
        assertThat(client.isConnected()).isTrue();
        client.disconnect();
    }
}
