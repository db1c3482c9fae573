package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CONNECT may say and CONNACK answers, packet by packet (MQTT 5 sections 3.1 and 3.2). */
@ExtendWith(SharedSuite.class)
class ConnectPacketsIT {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String token;

    ConnectPacketsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    private RawMqtt.Received answer(RawMqtt raw, byte[] connect) {
        raw.send(0x10, connect);
        RawMqtt.Received connAck = raw.read();
        assertThat(connAck.firstByte()).isEqualTo(0x20);
        return connAck;
    }

    private byte[] connect(String clientId, int... properties) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 0xc2, 0, 60, properties.length)
                .bytes(properties)
                .text(clientId)
                .text("device")
                .text(token)
                .toBytes();
    }

    private static RawProperties properties(RawMqtt.Received connAck) {
        return RawProperties.read(connAck.body(), 2);
    }

    @Test
    void connack_comes_first_and_once_and_says_whether_there_was_a_session() { // MQT-3, MQT-80
        String topic = fresh();
        String id = "first-" + topic.hashCode();
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, false)) {
            raw.subscribe(1, topic, 1);
        }
        var publisher = Clients5.connected(suite, token);
        Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "waits");
        publisher.disconnect();
        // The helper reads the first packet, and takes it for a CONNACK only if it is one.
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, true)) {
            RawPublish waited = RawPublish.next(raw);
            assertThat(waited.text()).isEqualTo("waits");
            raw.acknowledge(0x40, waited.packetId());
            raw.ping();
        }
        try (var raw = new RawMqtt(suite)) {
            assertThat(answer(raw, connect(id)).at(0)).as("a clean start").isZero();
            raw.ping();
        }
    }

    @Test
    void what_follows_a_connect_that_is_refused_is_not_looked_at() { // MQT-4, MQT-60
        String topic = fresh();
        var watcher = Clients5.connected(suite, token);
        try (Received received = Clients5.received(watcher);
                var raw = new RawMqtt(suite)) {
            Clients5.subscribe(watcher, topic, MqttQos.AT_LEAST_ONCE);
            byte[] refused = RawMqtt.connect(5, "refused", "a.b.c", 60);
            byte[] publish = new Bytes().text(topic).bytes(0, 1, 0, 'x').toBytes();
            raw.write(new Bytes()
                    .bytes(0x10)
                    .variable(refused.length)
                    .raw(refused)
                    .bytes(0x32)
                    .variable(publish.length)
                    .raw(publish)
                    .toBytes());
            RawMqtt.Received connAck = raw.read();
            assertThat(connAck.at(0)).as("no session").isZero();
            assertThat(connAck.at(1)).isEqualTo(0x87);
            assertThat(raw.isClosed()).isTrue();
            assertThat(received.within(QUIET)).isEmpty();
        }
        watcher.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Az9", "0123456789abcdefghijABC", "with space/and#signs-\u00fc"})
    void client_identifiers_of_all_letters_and_digits_are_taken(String id) { // MQT-1
        try (var raw = new RawMqtt(suite)) {
            RawMqtt.Received connAck = answer(raw, connect(id));
            assertThat(connAck.at(1)).isZero();
            assertThat(properties(connAck).has(RawProperties.ASSIGNED_CLIENT_IDENTIFIER))
                    .isFalse();
        }
    }

    @Test
    void who_has_no_client_identifier_is_given_one_that_nobody_else_has_and_may_come_back_by_it() { // MQT-3, MQT-80
        String given;
        try (var one = new RawMqtt(suite);
                var other = new RawMqtt(suite)) {
            given = assigned(answer(one, connect("", 0x11, 0, 0, 0, 60)));
            assertThat(assigned(answer(other, connect("")))).isNotEqualTo(given);
            one.ping();
        }
        try (var again = RawMqtt.resumed(suite.mqttPort(), given, token, 0, true)) {
            again.ping();
        }
        try (var unclean = RawMqtt.resumed(suite.mqttPort(), "", token, 0, false)) {
            unclean.ping();
        }
    }

    private static String assigned(RawMqtt.Received connAck) {
        assertThat(connAck.at(1)).isZero();
        return properties(connAck)
                .values(RawProperties.ASSIGNED_CLIENT_IDENTIFIER)
                .getFirst();
    }

    @Test
    void connack_is_no_larger_than_the_client_takes() { // MQT-140
        // 16 bytes are the limits without the flags that are taken for granted; 24 have room for all.
        try (var raw = new RawMqtt(suite)) {
            RawMqtt.Received all = answer(raw, connect("small", 0x27, 0, 0, 0, 24));
            assertThat(all.body()).hasSize(22);
            assertThat(properties(all).has(0x25)).isTrue();
        }
        for (int size : new int[] {16, 23}) {
            try (var raw = new RawMqtt(suite)) {
                RawMqtt.Received brief = answer(raw, connect("small", 0x27, 0, 0, 0, size));
                assertThat(brief.body()).hasSize(14);
                assertThat(brief.at(1)).isZero();
            }
        }
        try (var raw = new RawMqtt(suite)) {
            RawMqtt.Received refused = answer(raw, connect("small", 0x27, 0, 0, 0, 15));
            assertThat(refused.body()).containsExactly(0, 0x95, 0);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, connect("small", 0x27, 0, 0, 0, 4));
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void reasons_for_people_are_left_out_where_the_client_has_no_room_for_them() { // MQT-140
        byte[] refused = new Bytes()
                .text("MQTT")
                .bytes(5, 0xc2, 0, 60, 5, 0x27, 0, 0, 0, 16)
                .text("small")
                .text("device")
                .text("a.b.c")
                .toBytes();
        try (var raw = new RawMqtt(suite)) {
            assertThat(answer(raw, refused).body()).containsExactly(0, 0x87, 0);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x27, (byte) 0, (byte) 0, (byte) 0, (byte) 20)) {
            raw.publish(0x32, "$mine", 1, "x");
            assertThat(raw.read().body()).containsExactly(0, 1, 0x90, 0);
            raw.publish(0x34, "$mine", 2, "x");
            assertThat(raw.read().body()).containsExactly(0, 2, 0x90, 0);
            raw.send(0x10, RawMqtt.connect(5, "twice", token, 60));
            assertThat(raw.read().body()).containsExactly(0x82, 0);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void an_answer_that_the_client_does_not_take_ends_the_connection() { // MQT-140
        var body = new Bytes().bytes(0, 1, 0);
        for (int n = 0; n < 16; n++) {
            body.text("$a").bytes(0);
        }
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x27, (byte) 0, (byte) 0, (byte) 0, (byte) 20)) {
            raw.send(0x82, body.toBytes());
            RawMqtt.Received disconnect = raw.read();
            assertThat(disconnect.firstByte()).isEqualTo(0xe0);
            assertThat(disconnect.body()).containsExactly(0x95, 0);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x27, (byte) 0, (byte) 0, (byte) 0, (byte) 21)) {
            raw.send(0x82, body.toBytes());
            assertThat(raw.read().body()).hasSize(19);
        }
    }

    @Test
    void reasons_for_people_come_where_the_client_has_not_asked_for_none() { // MQT-60
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.send(0x32, new Bytes().text("a").bytes(0, 1, 2, 1, 1, 0xff).toBytes());
            var notUtf8 = raw.read();
            assertThat(notUtf8.at(2)).isEqualTo(0x99);
            assertThat(RawProperties.read(notUtf8.body(), 3).has(RawProperties.REASON_STRING))
                    .isTrue();
            // The code says it all.
            raw.publish(0x32, "$mine", 2, "x");
            assertThat(raw.read().body()).containsExactly(0, 2, 0x90, 0);
        }
        try (var raw = RawMqtt.connected(suite, token, (byte) 0x17, (byte) 0)) {
            raw.publish(0x32, "$mine", 1, "x");
            assertThat(raw.read().body()).containsExactly(0, 1, 0x90, 0);
            raw.publish(0x34, "$mine", 2, "x");
            assertThat(raw.read().body()).containsExactly(0, 2, 0x90, 0);
            raw.acknowledge(0x62, 3);
            assertThat(raw.read().body()).containsExactly(0, 3, 0x92, 0);
            raw.send(0x82, new Bytes().bytes(0, 4, 0).text("$mine").bytes(0).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 4, 0, 0x87);
            raw.send(0xa2, new Bytes().bytes(0, 5, 0).text("$mine").toBytes());
            assertThat(raw.read().body()).containsExactly(0, 5, 0, 0x11);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void there_is_no_response_information_whether_it_is_asked_for_or_not(int asked) { // MQT-3
        try (var raw = new RawMqtt(suite)) {
            RawMqtt.Received connAck = answer(raw, connect("asks", 0x19, asked));
            assertThat(connAck.at(1)).isZero();
            assertThat(properties(connAck).has(RawProperties.RESPONSE_INFORMATION))
                    .isFalse();
            // What CONNACK does not have, the server does not do: no other method, no redirection.
            assertThat(properties(connAck).has(0x15)).isFalse();
            assertThat(properties(connAck).has(0x1c)).isFalse();
        }
    }

    @Test
    void the_keep_alive_is_the_clients_where_connack_has_none() { // MQT-6
        try (var raw = new RawMqtt(suite)) {
            assertThat(properties(answer(raw, RawMqtt.connect(5, "quiet", token, 1)))
                            .has(RawProperties.SERVER_KEEP_ALIVE))
                    .isFalse();
            RawMqtt.Received disconnect = raw.read();
            assertThat(disconnect.at(0)).isEqualTo(0x8d);
            assertThat(RawProperties.read(disconnect.body(), 1).has(RawProperties.SESSION_EXPIRY))
                    .isFalse();
            assertThat(raw.isClosed()).isTrue();
        }
        try (var raw = new RawMqtt(suite)) {
            assertThat(properties(answer(raw, RawMqtt.connect(5, "long", token, 1_201)))
                            .values(RawProperties.SERVER_KEEP_ALIVE))
                    .containsExactly("1200");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_will_is_retained_where_it_asks_for_it_and_keeps_its_properties(boolean retain) { // MQT-50, MQT-40
        String topic = fresh();
        try (var watcher = RawMqtt.connected(suite, token);
                var raw = new RawMqtt(suite)) {
            watcher.subscribe(1, topic, 0x09);
            raw.send(0x10, willed(topic, retain));
            assertThat(raw.read().at(1)).isZero();
            raw.send(0xe0, (byte) 0x04, (byte) 0);
            RawPublish will = RawPublish.next(watcher);
            assertThat(will.qos()).isEqualTo(1);
            assertThat(will.retain()).isEqualTo(retain);
            assertThat(will.text()).isEqualTo("gone");
            assertThat(will.user()).containsExactly("b=1", "a=2", "b=3");
            watcher.acknowledge(0x40, will.packetId());
        }
        try (var late = RawMqtt.connected(suite, token)) {
            late.subscribe(1, topic, 1);
            if (retain) {
                assertThat(RawPublish.next(late).text()).isEqualTo("gone");
            } else {
                assertThat(late.isSilentFor(QUIET)).isTrue();
            }
        }
    }

    /** Its will has QoS 1, and user properties whose order is not their names'. */
    private byte[] willed(String topic, boolean retain) {
        var properties = new Bytes()
                .bytes(0x26)
                .text("b")
                .text("1")
                .bytes(0x26)
                .text("a")
                .text("2")
                .bytes(0x26)
                .text("b")
                .text("3")
                .toBytes();
        return new Bytes()
                .text("MQTT")
                .bytes(5, retain ? 0xee : 0xce, 0, 60, 0)
                .text("will" + topic.hashCode())
                .variable(properties.length)
                .raw(properties)
                .text(topic)
                .text("gone")
                .text("device")
                .text(token)
                .toBytes();
    }

    @Test
    void a_password_needs_no_user_name_in_version_5_only() { // MQT-4
        for (int level = 4; level <= 5; level++) {
            try (var raw = new RawMqtt(suite)) {
                var body = new Bytes().text("MQTT").bytes(level, 0x42, 0, 60);
                if (level == 5) {
                    body.bytes(0);
                }
                raw.send(0x10, body.text("nameless").text(token).toBytes());
                if (level == 5) {
                    assertThat(raw.read().at(1)).isZero();
                } else {
                    assertThat(raw.isClosed()).isTrue();
                }
            }
        }
    }

    @Test
    void a_bridge_of_an_older_version_is_told_so_in_the_words_of_that_version() { // MQT-1
        for (int level : new int[] {0x83, 0x84}) {
            try (var raw = new RawMqtt(suite)) {
                RawMqtt.Received connAck = answer(raw, RawMqtt.connect(level, "bridge", token, 60));
                assertThat(connAck.body()).containsExactly(0, 1);
                assertThat(raw.isClosed()).isTrue();
            }
        }
    }

    @Test
    void a_token_without_capabilities_connects_and_may_nothing() { // SEC-1, MQT-4
        String nothing = suite.tokens().sign(Tokens.claims("nobody"));
        try (var raw = RawMqtt.connected(suite, nothing)) {
            raw.publish(0x32, "mqtt/any", 1, "x");
            assertThat(raw.read().at(2)).isEqualTo(0x87);
            raw.send(0x82, new Bytes().bytes(0, 2, 0).text("mqtt/any").bytes(0).toBytes());
            assertThat(raw.read().at(3)).isEqualTo(0x87);
        }
    }
}
