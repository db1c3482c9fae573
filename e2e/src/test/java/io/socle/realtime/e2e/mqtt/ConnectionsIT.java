package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How connections live and end: keep alive, take-over, wills, tokens. */
@ExtendWith(SharedSuite.class)
class ConnectionsIT {
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final int DISCONNECT = 14;

    private final Suite suite;
    private final String token;

    ConnectionsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    @Test
    void a_client_that_is_silent_for_too_long_is_disconnected_and_its_will_published() { // MQT-6, MQT-50
        String topic = fresh();
        var watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher);
                var raw = new RawMqtt(suite)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            raw.send(0x10, withWill("w" + topic.hashCode(), topic, 2));
            assertThat(raw.read().at(1)).isZero();
            long begun = System.nanoTime();
            var disconnect = raw.read();
            long silent = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            assertThat(disconnect.type()).isEqualTo(DISCONNECT);
            assertThat(disconnect.at(0)).isEqualTo(0x8d);
            assertThat(silent).isGreaterThanOrEqualTo(2_900);
            assertThat(raw.isClosed()).isTrue();
            assertThat(received.text()).isEqualTo("gone");
        }
        watcher.disconnect();
    }

    private byte[] withWill(String clientId, String topic, int keepAlive) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 0xce, 0, keepAlive, 0)
                .text(clientId)
                .bytes(0)
                .text(topic)
                .text("gone")
                .text("device")
                .text(token)
                .toBytes();
    }

    @Test
    void a_will_is_published_when_the_network_breaks_and_not_after_a_normal_end() { // MQT-50
        String topic = fresh();
        var watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, withWill("normal" + topic.hashCode(), topic, 60));
                assertThat(raw.read().at(1)).isZero();
                raw.send(0xe0);
                assertThat(raw.isClosed()).isTrue();
            }
            assertThat(received.within(QUIET)).isEmpty();
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, withWill("broken" + topic.hashCode(), topic, 60));
                assertThat(raw.read().at(1)).isZero();
            }
            assertThat(received.text()).isEqualTo("gone");
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, withWill("asks" + topic.hashCode(), topic, 60));
                assertThat(raw.read().at(1)).isZero();
                raw.send(0xe0, (byte) 0x04, (byte) 0);
            }
            assertThat(received.text()).isEqualTo("gone");
        }
        watcher.disconnect();
    }

    @Test
    void a_delayed_will_is_called_off_when_the_client_is_back_in_time() throws Exception { // MQT-51
        String topic = fresh();
        String id = "flaps" + topic.hashCode();
        var watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, delayed(id, topic, 2));
                assertThat(raw.read().at(1)).isZero();
            }
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, delayed(id, topic, 2));
                assertThat(raw.read().at(1)).isZero();
                assertThat(received.within(Duration.ofSeconds(3))).isEmpty();
            }
            long begun = System.nanoTime();
            assertThat(received.text()).isEqualTo("gone");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));
        }
        watcher.disconnect();
    }

    /** With a session expiry of a minute, a will delay, and no clean start. */
    private byte[] delayed(String clientId, String topic, int seconds) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 0xcc, 0, 60, 5, 0x11, 0, 0, 0, 60)
                .text(clientId)
                .bytes(5, 0x18, 0, 0, 0, seconds)
                .text(topic)
                .text("gone")
                .text("device")
                .text(token)
                .toBytes();
    }

    @Test
    void a_will_where_the_client_may_not_publish_is_refused_at_connect() { // MQT-50, SEC-1
        String narrow = suite.tokens().sign(Tokens.claims("bob").publish("mqtt/bob/#"));
        var client = Clients5.builder(suite, narrow).buildBlocking();
        assertThatThrownBy(() -> client.connectWith()
                        .willPublish()
                        .topic("mqtt/alice/gone")
                        .payload("x".getBytes(StandardCharsets.UTF_8))
                        .applyWillPublish()
                        .send())
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void a_later_connection_takes_a_client_identifier_over() { // MQT-5
        String id = "same-" + UUID.randomUUID();
        try (var first = new RawMqtt(suite);
                var second = new RawMqtt(suite)) {
            first.send(0x10, RawMqtt.connect(5, id, token, 60));
            assertThat(first.read().at(1)).isZero();
            second.send(0x10, RawMqtt.connect(5, id, token, 60));
            assertThat(second.read().at(1)).isZero();
            var disconnect = first.read();
            assertThat(disconnect.type()).isEqualTo(DISCONNECT);
            assertThat(disconnect.at(0)).isEqualTo(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER.getCode());
            second.send(0xc0);
            assertThat(second.read().firstByte()).isEqualTo(0xd0);
        }
    }

    @Test
    void nobody_takes_over_the_client_of_another_subject() { // MQT-5
        String id = "same-" + UUID.randomUUID();
        try (var alice = new RawMqtt(suite);
                var mallory = new RawMqtt(suite)) {
            alice.send(0x10, RawMqtt.connect(5, id, token, 60));
            assertThat(alice.read().at(1)).isZero();
            mallory.send(0x10, RawMqtt.connect(5, id, suite.tokens().everything("mallory"), 60));
            assertThat(mallory.read().at(1)).isZero();
            alice.send(0xc0);
            assertThat(alice.read().firstByte()).isEqualTo(0xd0);
        }
    }

    @Test
    void a_token_that_expires_ends_the_connection() { // MQT-4, SEC-4
        String brief = suite.tokens()
                .sign(Tokens.claims("alice").publish("#").subscribe("#").expiresIn(Duration.ofSeconds(3)));
        try (var raw = RawMqtt.connected(suite, brief)) {
            var disconnect = raw.read();
            assertThat(disconnect.type()).isEqualTo(DISCONNECT);
            assertThat(disconnect.at(0)).isEqualTo(0x87);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void an_idle_client_without_keep_alive_of_an_older_version_stays() { // MQT-6
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, RawMqtt.connect(4, "idle-" + System.nanoTime(), token, 0));
            assertThat(raw.read().at(1)).isZero();
            assertThat(raw.isSilentFor(Duration.ofSeconds(2L * SharedSuite.HEARTBEAT_SECONDS + 3)))
                    .isTrue();
            raw.send(0xc0);
            assertThat(raw.read().firstByte()).isEqualTo(0xd0);
        }
    }

    @Test
    void a_qos_2_publish_that_comes_again_is_published_once() { // MQT-13
        String topic = fresh();
        Mqtt5BlockingClient watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher);
                var raw = RawMqtt.connected(suite, token)) {
            Clients5.subscribe(watcher, topic, MqttQos.EXACTLY_ONCE);
            byte[] publish = new Bytes().text(topic).bytes(0, 7, 0, 'x').toBytes();
            raw.send(0x34, publish);
            raw.send(0x3c, publish);
            assertThat(raw.read().firstByte()).isEqualTo(0x50);
            raw.send(0x3c, publish);
            assertThat(raw.read().firstByte()).isEqualTo(0x50);
            raw.send(0x62, (byte) 0, (byte) 7);
            var complete = raw.read();
            assertThat(complete.firstByte()).isEqualTo(0x70);
            assertThat(complete.body()).containsExactly(0, 7);
            raw.send(0x62, (byte) 0, (byte) 7);
            assertThat(raw.read().at(2)).isEqualTo(0x92);
            assertThat(received.text()).isEqualTo("x");
            raw.send(0x34, publish);
            assertThat(raw.read().firstByte()).isEqualTo(0x50);
            assertThat(received.text()).isEqualTo("x");
            assertThat(received.within(QUIET)).isEmpty();
        }
        watcher.disconnect();
    }

    @Test
    void a_topic_alias_stands_for_its_topic() { // MQT-14
        String topic = fresh();
        Mqtt5BlockingClient watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher);
                var raw = RawMqtt.connected(suite, token)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_MOST_ONCE);
            raw.send(0x30, new Bytes().text(topic).bytes(3, 0x23, 0, 2, '1').toBytes());
            raw.send(0x30, new Bytes().text("").bytes(3, 0x23, 0, 2, '2').toBytes());
            assertThat(received.text()).isEqualTo("1");
            assertThat(received.text()).isEqualTo("2");
        }
        watcher.disconnect();
    }

    @Test
    void more_publishes_under_way_than_the_receive_maximum_end_the_connection() { // MQT-15
        try (var raw = RawMqtt.connected(suite, token)) {
            for (int id = 1; id <= 129; id++) {
                raw.send(
                        0x34,
                        new Bytes().text("mqtt/many").bytes(id >> 8, id, 0).toBytes());
            }
            RawMqtt.Received last = raw.read();
            while (last.type() == 5) {
                last = raw.read();
            }
            assertThat(last.type()).isEqualTo(DISCONNECT);
            assertThat(last.at(0)).isEqualTo(0x93);
        }
    }

    @Test
    void no_more_than_the_receive_maximum_is_sent_unacknowledged() { // MQT-22
        String topic = fresh();
        Mqtt5BlockingClient publisher = Clients5.connected(suite, token);
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x21, (byte) 0, (byte) 2)) {
            subscribe(raw, 1, topic, 7);
            for (int n = 0; n < 5; n++) {
                Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "n" + n);
            }
            int[] ids = new int[5];
            for (int n = 0; n < 5; n++) {
                if (n >= 2) {
                    assertThat(raw.isSilentFor(QUIET)).isTrue();
                    raw.send(0x40, (byte) 0, (byte) ids[n - 2]);
                }
                RawMqtt.Received publish = raw.read();
                assertThat(publish.firstByte()).isEqualTo(0x32);
                ids[n] = publish.at(2 + topic.length() + 1);
                assertThat(publish.at(publish.body().length - 1)).isEqualTo('0' + n);
            }
            // A reply does not wait for the window.
            raw.send(0xc0);
            assertThat(raw.read().firstByte()).isEqualTo(0xd0);
            raw.send(0x32, new Bytes().text(topic + "/other").bytes(0, 9, 0).toBytes());
            assertThat(raw.read().firstByte()).isEqualTo(0x40);
        }
        publisher.disconnect();
    }

    @Test
    void identifiers_of_all_matching_subscriptions_come_with_the_one_copy() { // MQT-21
        String base = fresh();
        Mqtt5BlockingClient publisher = Clients5.connected(suite, token);
        try (var raw = RawMqtt.connected(suite, token)) {
            subscribe(raw, 1, base + "/#", 7);
            subscribe(raw, 2, base + "/+", 200);
            subscribe(raw, 3, base + "/b", 9);
            Clients5.publish(publisher, base + "/a", MqttQos.AT_MOST_ONCE, "x");
            RawMqtt.Received publish = raw.read();
            assertThat(publish.firstByte()).isEqualTo(0x30);
            int first = 2 + base.length() + 2 + 1;
            byte[] identifiers = new Bytes()
                    .bytes(0x0b)
                    .variable(7)
                    .bytes(0x0b)
                    .variable(200)
                    .toBytes();
            assertThat(Arrays.copyOfRange(publish.body(), first, first + identifiers.length))
                    .isEqualTo(identifiers);
            assertThat(publish.at(first + identifiers.length))
                    .as("no third identifier")
                    .isNotEqualTo(0x0b);
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
        publisher.disconnect();
    }

    /** With QoS 1. */
    private static void subscribe(RawMqtt raw, int packetId, String filter, int identifier) {
        byte[] identified = new Bytes().bytes(0x0b).variable(identifier).toBytes();
        raw.send(
                0x82,
                new Bytes()
                        .bytes(0, packetId)
                        .variable(identified.length)
                        .raw(identified)
                        .text(filter)
                        .bytes(1)
                        .toBytes());
        RawMqtt.Received subAck = raw.read();
        assertThat(subAck.type()).isEqualTo(9);
        assertThat(subAck.at(3)).isEqualTo(1);
    }
}
