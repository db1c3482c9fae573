package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions that outlive their connections, at two gateways. */
class SessionsIT {
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final int DISCONNECT = 14;

    private static Suite suite;
    private static String token;

    @BeforeAll
    static void start() {
        suite = Suite.start("sessions", Map.of(), "--gateways", "2");
        token = suite.tokens().everything("alice");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    private static Mqtt5BlockingClient client(int gateway, String id, String password) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(suite.mqttPort(gateway))
                .simpleAuth()
                .username("device")
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static Mqtt5ConnAck connect(Mqtt5BlockingClient client, boolean clean, long expiry) {
        return client.connectWith()
                .cleanStart(clean)
                .sessionExpiryInterval(expiry)
                .send();
    }

    private static Mqtt5BlockingClient publisher() {
        return Clients5.connected(suite, token);
    }

    @Test
    void what_comes_while_a_client_is_away_waits_for_it_at_every_gateway_and_in_order() { // MQT-80, MQT-82
        String base = fresh();
        String id = "away-" + base.hashCode();
        var first = client(0, id, token);
        assertThat(connect(first, false, 600).isSessionPresent()).isFalse();
        Clients5.subscribe(first, base + "/exact", MqttQos.EXACTLY_ONCE);
        Clients5.subscribe(first, base + "/+/many", MqttQos.AT_LEAST_ONCE);
        first.disconnect();

        var publisher = publisher();
        List<String> exact = new ArrayList<>();
        List<String> many = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            Clients5.publish(publisher, base + "/exact", MqttQos.EXACTLY_ONCE, "e" + n);
            Clients5.publish(publisher, base + "/x/many", MqttQos.AT_LEAST_ONCE, "m" + n);
            exact.add("e" + n);
            many.add("m" + n);
        }
        publisher.disconnect();

        var second = client(1, id, token);
        try (Received received = Clients5.received(second)) {
            assertThat(connect(second, false, 600).isSessionPresent()).isTrue();
            List<String> all = new ArrayList<>();
            for (int n = 0; n < 80; n++) {
                all.add(received.text());
            }
            assertThat(all).filteredOn(text -> text.startsWith("e")).isEqualTo(exact);
            assertThat(all).filteredOn(text -> text.startsWith("m")).isEqualTo(many);
            assertThat(received.within(QUIET)).isEmpty();
        }
        second.disconnect();
        var third = client(0, id, token);
        try (Received received = Clients5.received(third)) {
            assertThat(connect(third, false, 600).isSessionPresent()).isTrue();
            assertThat(received.within(QUIET)).isEmpty();
        }
        third.disconnect();
    }

    @Test
    void a_session_of_3_1_1_that_is_not_clean_goes_on() throws Exception { // MQT-80, MQT-81
        String topic = fresh();
        String id = "old" + topic.hashCode();
        try (var first = new org.eclipse.paho.client.mqttv3.MqttClient(uri(0), id, new MemoryPersistence())) {
            assertThat(first.connectWithResult(old()).getSessionPresent()).isFalse();
            first.subscribe(topic, 2);
            first.disconnect();
        }
        var publisher = publisher();
        Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "while away");
        publisher.disconnect();
        var queue = new LinkedBlockingQueue<String>();
        try (var second = new org.eclipse.paho.client.mqttv3.MqttClient(uri(1), id, new MemoryPersistence())) {
            second.setCallback(into(queue));
            assertThat(second.connectWithResult(old()).getSessionPresent()).isTrue();
            assertThat(queue.poll(30, TimeUnit.SECONDS)).isEqualTo("while away");
            second.disconnect();
        }
    }

    private static String uri(int gateway) {
        return "tcp://127.0.0.1:" + suite.mqttPort(gateway);
    }

    private static MqttConnectOptions old() {
        var options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setUserName("device");
        options.setPassword(token.toCharArray());
        return options;
    }

    private static MqttCallback into(LinkedBlockingQueue<String> queue) {
        return new MqttCallback() {
            @Override
            public void connectionLost(@Nullable Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                queue.add(new String(message.getPayload(), StandardCharsets.UTF_8));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken done) {}
        };
    }

    @Test
    void a_session_lasts_as_long_as_was_agreed() { // MQT-81
        String topic = fresh();
        String id = "brief" + topic.hashCode();
        var client = client(0, id, token);
        Mqtt5ConnAck longer = connect(client, false, 1_000_000);
        assertThat(longer.getSessionExpiryInterval().orElseThrow()).isEqualTo(604_800);
        client.disconnectWith().sessionExpiryInterval(60).send();
        assertThat(connect(client, false, 60).isSessionPresent()).isTrue();
        client.disconnectWith().sessionExpiryInterval(0).send();
        assertThat(connect(client, false, 60).isSessionPresent()).isFalse();
        client.disconnect();
        var watcher = publisher();
        try (Received received = Clients5.received(watcher)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            try (var raw = new RawMqtt(suite.mqttPort(0))) {
                raw.send(0x10, willed(id, topic, 60, 1));
                assertThat(raw.read().at(0)).isEqualTo(1);
            }
            // The will waits for the end of the session, and no longer.
            assertThat(received.text()).isEqualTo("gone");
        }
        assertThat(connect(client, false, 0).isSessionPresent()).isFalse();
        client.disconnect();
        watcher.disconnect();
    }

    @Test
    void a_client_identifier_has_at_most_1024_bytes() { // MQT-83
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, RawMqtt.connect(5, "x".repeat(1_024), token, 60));
            assertThat(raw.read().at(1)).isZero();
        }
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, RawMqtt.connect(5, "x".repeat(1_025), token, 60));
            assertThat(raw.read().at(1)).isEqualTo(0x85);
        }
    }

    @Test
    void a_clean_start_forgets_all_and_a_session_without_expiry_ends_with_its_connection() { // MQT-80, MQT-81
        String topic = fresh();
        String id = "clean" + topic.hashCode();
        var client = client(0, id, token);
        connect(client, false, 600);
        Clients5.subscribe(client, topic, MqttQos.AT_LEAST_ONCE);
        client.disconnect();
        var publisher = publisher();
        Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "forgotten");
        // Another object, for this one takes the end of its session for an error.
        var anew = client(1, id, token);
        try (Received received = Clients5.received(anew)) {
            assertThat(connect(anew, true, 600).isSessionPresent()).isFalse();
            assertThat(received.within(QUIET)).isEmpty();
        }
        anew.disconnect();
        assertThat(connect(client, false, 0).isSessionPresent()).isTrue();
        client.disconnect();
        assertThat(connect(client, false, 0).isSessionPresent()).isFalse();
        client.disconnect();
        publisher.disconnect();
    }

    @Test
    void what_is_under_way_is_handed_over_to_another_gateway() { // MQT-5, MQT-84, MQT-85
        String topic = fresh();
        String id = "moves" + topic.hashCode();
        var publisher = publisher();
        try (var first = RawMqtt.resumed(suite.mqttPort(0), id, token, 600, false)) {
            subscribe(first, topic, 2);
            Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "a");
            Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "b");
            RawMqtt.Received a = first.read();
            RawMqtt.Received b = first.read();
            assertThat(a.firstByte()).isEqualTo(0x34);
            int idA = packetId(a, topic);
            int idB = packetId(b, topic);
            first.send(0x50, (byte) (idA >> 8), (byte) idA);
            assertThat(first.read().firstByte()).isEqualTo(0x62);
            try (var second = RawMqtt.resumed(suite.mqttPort(1), id, token, 600, true)) {
                RawMqtt.Received disconnect = first.read();
                assertThat(disconnect.type()).isEqualTo(DISCONNECT);
                assertThat(disconnect.at(0)).isEqualTo(0x8e);
                RawMqtt.Received release = second.read();
                assertThat(release.firstByte()).isEqualTo(0x62);
                assertThat(release.at(1)).isEqualTo(idA);
                RawMqtt.Received again = second.read();
                assertThat(again.firstByte()).isEqualTo(0x3c);
                assertThat(packetId(again, topic)).isEqualTo(idB);
                second.send(0x70, (byte) (idA >> 8), (byte) idA);
                second.send(0x50, (byte) (idB >> 8), (byte) idB);
                assertThat(second.read().firstByte()).isEqualTo(0x62);
                second.send(0x70, (byte) (idB >> 8), (byte) idB);
                Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "c");
                RawMqtt.Received c = second.read();
                assertThat(c.firstByte()).isEqualTo(0x32);
                assertThat(c.at(c.body().length - 1)).isEqualTo('c');
            }
        }
        publisher.disconnect();
    }

    private static int packetId(RawMqtt.Received publish, String topic) {
        int at = 2 + topic.length();
        return publish.at(at) << 8 | publish.at(at + 1);
    }

    private static void subscribe(RawMqtt raw, String filter, int qos) {
        raw.send(0x82, new Bytes().bytes(0, 1, 0).text(filter).bytes(qos).toBytes());
        assertThat(raw.read().type()).isEqualTo(9);
    }

    @Test
    void a_publish_of_qos_2_goes_on_where_it_was() { // MQT-84
        String topic = fresh();
        String id = "half" + topic.hashCode();
        var watcher = publisher();
        byte[] publish = new Bytes().text(topic).bytes(0, 7, 0, 'x').toBytes();
        try (Received received = Clients5.received(watcher)) {
            Clients5.subscribe(watcher, topic, MqttQos.EXACTLY_ONCE);
            try (var raw = RawMqtt.resumed(suite.mqttPort(0), id, token, 600, false)) {
                raw.send(0x34, publish);
                assertThat(raw.read().firstByte()).isEqualTo(0x50);
            }
            try (var raw = RawMqtt.resumed(suite.mqttPort(1), id, token, 600, true)) {
                raw.send(0x3c, publish);
                assertThat(raw.read().firstByte()).isEqualTo(0x50);
                raw.send(0x62, (byte) 0, (byte) 7);
                assertThat(raw.read().firstByte()).isEqualTo(0x70);
                raw.send(0x34, publish);
                assertThat(raw.read().firstByte()).isEqualTo(0x50);
            }
            assertThat(received.text()).isEqualTo("x");
            assertThat(received.text()).isEqualTo("x");
            assertThat(received.within(QUIET)).isEmpty();
        }
        watcher.disconnect();
    }

    @Test
    void a_will_that_waits_is_called_off_at_another_gateway_and_published_when_the_session_ends() { // MQT-51
        String topic = fresh();
        String id = "will" + topic.hashCode();
        var watcher = publisher();
        try (Received received = Clients5.received(watcher)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            for (int gateway = 0; gateway < 2; gateway++) {
                try (var raw = new RawMqtt(suite.mqttPort(gateway))) {
                    raw.send(0x10, willed(id, topic, 3, 600));
                    assertThat(raw.read().at(1)).isZero();
                    if (gateway == 1) {
                        assertThat(received.within(Duration.ofSeconds(5))).isEmpty();
                    }
                }
            }
            assertThat(received.text()).isEqualTo("gone");
            try (var raw = new RawMqtt(suite.mqttPort(0))) {
                raw.send(0x10, willed(id, topic, 60, 600));
                assertThat(raw.read().at(1)).isZero();
            }
            try (var raw = new RawMqtt(suite.mqttPort(1))) {
                raw.send(0x10, RawMqtt.connect(5, id, token, 60));
                assertThat(raw.read().at(0)).isZero();
                assertThat(received.text()).isEqualTo("gone");
            }
        }
        watcher.disconnect();
    }

    private static byte[] willed(String clientId, String topic, int delay, int expiry) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 0xcc, 0, 60, 5, 0x11, 0, 0, expiry >> 8, expiry)
                .text(clientId)
                .bytes(5, 0x18, 0, 0, 0, delay)
                .text(topic)
                .text("gone")
                .text("device")
                .text(token)
                .toBytes();
    }

    @Test
    void what_a_new_token_no_longer_covers_is_over_and_the_rest_needs_no_capability_for_history() { // MQT-88
        String base = fresh();
        String id = "narrow" + base.hashCode();
        String wide = suite.tokens().sign(Tokens.claims("bob").subscribe(base + "/#"));
        String narrow = suite.tokens().sign(Tokens.claims("bob").subscribe(base + "/kept"));
        var first = client(0, id, wide);
        connect(first, false, 600);
        Clients5.subscribe(first, base + "/kept", MqttQos.AT_LEAST_ONCE);
        Clients5.subscribe(first, base + "/taken", MqttQos.AT_LEAST_ONCE);
        first.disconnect();
        var publisher = publisher();
        Clients5.publish(publisher, base + "/taken", MqttQos.AT_LEAST_ONCE, "no");
        Clients5.publish(publisher, base + "/kept", MqttQos.AT_LEAST_ONCE, "yes");
        publisher.disconnect();
        var second = client(1, id, narrow);
        try (Received received = Clients5.received(second)) {
            assertThat(connect(second, false, 600).isSessionPresent()).isTrue();
            assertThat(received.text()).isEqualTo("yes");
            assertThat(received.within(QUIET)).isEmpty();
        }
        second.disconnect();
    }

    @Test
    void ones_own_messages_are_left_out_also_after_coming_back() { // MQT-31
        String topic = fresh();
        String id = "own" + topic.hashCode();
        var first = client(0, id, token);
        connect(first, false, 600);
        first.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .noLocal(true)
                .send();
        Clients5.publish(first, topic, MqttQos.AT_LEAST_ONCE, "mine");
        first.disconnect();
        var publisher = publisher();
        Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "theirs");
        publisher.disconnect();
        var second = client(1, id, token);
        try (Received received = Clients5.received(second)) {
            connect(second, false, 600);
            assertThat(received.text()).isEqualTo("theirs");
            assertThat(received.within(QUIET)).isEmpty();
        }
        second.disconnect();
    }
}
