package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE, UNSUBSCRIBE and what filters select, packet by packet (MQTT 5 sections 3.8 to 3.11 and 4.7). */
@ExtendWith(SharedSuite.class)
class SubscribePacketsIT {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String token;

    SubscribePacketsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    @Test
    void suback_has_one_code_for_each_filter_in_their_order() { // MQT-30
        String base = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.send(
                    0x82,
                    new Bytes()
                            .bytes(0x12, 0x34, 0)
                            .text(base + "/a")
                            .bytes(0)
                            .text(base + "#")
                            .bytes(1)
                            .text(base + "/b")
                            .bytes(1)
                            .text("$secret")
                            .bytes(1)
                            .text(base + "/c")
                            .bytes(2)
                            .text("$share/g/" + base)
                            .bytes(2)
                            .toBytes());
            RawMqtt.Received subAck = raw.read();
            assertThat(subAck.firstByte()).isEqualTo(0x90);
            assertThat(subAck.body()).containsExactly(0x12, 0x34, 0, 0, (byte) 0x8f, 1, (byte) 0x87, 2, 1);
            raw.ping();
        }
    }

    @Test
    void unsuback_has_one_code_for_each_filter_in_their_order() { // MQT-30
        String base = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, base + "/a", 1);
            raw.subscribe(2, base + "/b", 1);
            byte[] unsubscribe = new Bytes()
                    .bytes(0x12, 0x35, 0)
                    .text(base + "/b")
                    .text(base + "/never")
                    .text(base + "/+")
                    .text(base + "/a")
                    .toBytes();
            raw.send(0xa2, unsubscribe);
            RawMqtt.Received unsubAck = raw.read();
            assertThat(unsubAck.firstByte()).isEqualTo(0xb0);
            assertThat(unsubAck.body()).containsExactly(0x12, 0x35, 0, 0, 0x11, 0x11, 0);
            raw.send(0xa2, unsubscribe);
            assertThat(raw.read().body()).containsExactly(0x12, 0x35, 0, 0x11, 0x11, 0x11, 0x11);
        }
    }

    @Test
    void nothing_new_comes_after_unsubscribe_and_what_has_begun_is_finished() { // MQT-30, MQT-84
        String topic = fresh();
        var publisher = Clients5.connected(suite, token);
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, topic, 2);
            Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "begun");
            RawPublish begun = RawPublish.next(raw);
            assertThat(begun.text()).isEqualTo("begun");
            raw.send(0xa2, new Bytes().bytes(0, 2, 0).text(topic).toBytes());
            assertThat(raw.read().firstByte()).isEqualTo(0xb0);
            Clients5.publish(publisher, topic, MqttQos.EXACTLY_ONCE, "later");
            assertThat(raw.isSilentFor(QUIET)).isTrue();
            raw.acknowledge(0x50, begun.packetId());
            RawMqtt.Received release = raw.read();
            assertThat(release.firstByte()).isEqualTo(0x62);
            assertThat(release.at(0) << 8 | release.at(1)).isEqualTo(begun.packetId());
            raw.acknowledge(0x70, begun.packetId());
            raw.ping();
        }
        publisher.disconnect();
    }

    @Test
    void to_subscribe_again_loses_nothing_and_sends_what_is_retained_again() { // MQT-31, MQT-32
        String topic = fresh();
        var publisher = Clients5.connected(suite, token);
        publisher
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(new byte[] {'r'})
                .send();
        List<String> live = new ArrayList<>();
        int retained = 0;
        int subAcks = 0;
        try (var raw = RawMqtt.connected(suite, token)) {
            byte[] subscribe = new Bytes().bytes(0, 1, 0).text(topic).bytes(1).toBytes();
            var publishing = Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 60; n++) {
                    Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "n" + n);
                }
            });
            raw.send(0x82, subscribe);
            while (subAcks < 15 || live.isEmpty() || !live.getLast().equals("n59")) {
                RawMqtt.Received packet = raw.read();
                if (packet.type() == 9) {
                    assertThat(packet.at(3)).isEqualTo(1);
                    if (++subAcks < 15) {
                        raw.send(0x82, subscribe);
                    }
                    continue;
                }
                RawPublish publish = RawPublish.of(packet);
                raw.acknowledge(0x40, publish.packetId());
                if (publish.retain()) {
                    retained++;
                } else {
                    live.add(publish.text());
                }
            }
            assertThat(publishing.join(Duration.ofSeconds(30))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        // Those before the first subscription are not owed; from there on none is missing, and each has come once.
        int first = 60 - live.size();
        List<String> owed = new ArrayList<>();
        for (int n = first; n < 60; n++) {
            owed.add("n" + n);
        }
        assertThat(live).isEqualTo(owed);
        assertThat(retained).isEqualTo(15);
        publisher.disconnect();
    }

    @ParameterizedTest
    @CsvSource({
        "#, a/b, true",
        "#, /a, true",
        "+, a, true",
        "+, /a, false",
        "+/+, /a, true",
        "/+, /a, true",
        "+/+, a/, true",
        "a/+, a, false",
        "a/+, a/, true",
        "a/+/c, a//c, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "/#, /, true",
        "/#, a, false",
        "a/b, A/b, false",
        "a/b, a/b/, false",
        "a/b, /a/b, false",
        "//, //, true",
        "//, /, false",
        "a b/\u00fc, a b/\u00fc, true"
    })
    void filters_select_by_levels_and_nothing_is_normalized(String filter, String topic, boolean selects) { // MQT-1
        String base = fresh() + "/";
        try (var raw = RawMqtt.connected(suite, token);
                var publisher = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, base + filter, 0);
            publisher.publish(0x32, base + topic, 1, "x");
            assertThat(publisher.read().body()).containsExactly(0, 1);
            if (selects) {
                assertThat(RawPublish.next(raw).topic()).isEqualTo(base + topic);
            } else {
                assertThat(raw.isSilentFor(Duration.ofMillis(300))).isTrue();
            }
        }
    }

    @Test
    void u_feff_is_a_character_like_others() { // MQT-1
        String base = fresh();
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, base + "/\ufeffa", 0);
            raw.subscribe(2, base + "/a", 0);
            raw.publish(0x30, base + "/\ufeffa", 0, "marked");
            assertThat(RawPublish.next(raw).topic()).isEqualTo(base + "/\ufeffa");
            raw.publish(0x30, base + "/a", 0, "plain");
            assertThat(RawPublish.next(raw).topic()).isEqualTo(base + "/a");
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#", "a/#/b", "a+", "+a/b", "a/b+/c", "#/", "##"})
    void what_is_no_filter_is_refused_and_nothing_else_harmed(String filter) { // MQT-30
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.send(0x82, new Bytes().bytes(0, 1, 0).text(filter).bytes(1).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 1, 0, (byte) 0x8f);
            raw.ping();
        }
    }

    @Test
    void topics_and_filters_have_at_most_1024_bytes() { // MQT-3
        String longest = "mqtt/" + "x".repeat(1_019);
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.subscribe(1, longest, 0);
            raw.publish(0x30, longest, 0, "fits");
            assertThat(RawPublish.next(raw).topic()).isEqualTo(longest);
            raw.send(
                    0x82,
                    new Bytes().bytes(0, 2, 0).text(longest + "x").bytes(0).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 2, 0, (byte) 0x8f);
            raw.publish(0x32, longest + "x", 3, "");
            assertThat(raw.read().at(2)).isEqualTo(0x90);
            raw.publish(0x32, "x".repeat(65_535), 4, "");
            assertThat(raw.read().at(2)).isEqualTo(0x90);
            raw.ping();
        }
    }

    private static byte[] packet(int firstByte, Bytes body) {
        byte[] bytes = body.toBytes();
        return new Bytes().bytes(firstByte).variable(bytes.length).raw(bytes).toBytes();
    }

    @Test
    void what_is_published_behind_subscribe_comes_through_all_subscriptions() { // MQT-21, MQT-30
        for (int n = 0; n < 10; n++) {
            String topic = fresh();
            try (var raw = RawMqtt.connected(suite, token)) {
                raw.write(new Bytes()
                        .raw(packet(
                                0x82,
                                new Bytes().bytes(0, 1, 2, 0x0b, 2).text(topic).bytes(0x21)))
                        .raw(packet(
                                0x82,
                                new Bytes()
                                        .bytes(0, 2, 2, 0x0b, 3)
                                        .text(topic + "/#")
                                        .bytes(0x22)))
                        .raw(packet(0x34, new Bytes().text(topic).bytes(0, 9, 0, 'x')))
                        .toBytes());
                for (int answers = 0; answers < 2; answers++) {
                    assertThat(raw.read().firstByte()).isEqualTo(0x90);
                }
                var first = raw.read();
                RawPublish publish = RawPublish.of(first.firstByte() == 0x50 ? raw.read() : first);
                assertThat(publish.qos()).isEqualTo(2);
                assertThat(publish.properties().values(0x0b)).containsExactlyInAnyOrder("2", "3");
            }
        }
    }

    @Test
    void what_is_published_behind_subscribe_is_published_though_the_client_leaves_at_once() { // MQT-10
        String topic = fresh();
        try (var reader = RawMqtt.connected(suite, token);
                var raw = RawMqtt.connected(suite, token)) {
            reader.subscribe(1, topic, 0);
            raw.write(new Bytes()
                    .raw(packet(
                            0x82,
                            new Bytes().bytes(0, 1, 0).text(fresh() + "/#").bytes(1)))
                    .raw(packet(0x30, new Bytes().text(topic).bytes(0, 'x')))
                    .bytes(0xe0, 0)
                    .toBytes());
            assertThat(RawPublish.next(reader).text()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "false, ''", "true, /+", "false, /+"})
    void what_a_client_subscribes_to_before_it_leaves_at_once_belongs_to_its_session(
            boolean says, String level) { // MQT-82
        String topic = fresh();
        String id = "leaves" + topic.hashCode();
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, false)) {
            Bytes all = new Bytes()
                    .raw(packet(
                            0x82, new Bytes().bytes(0, 1, 0).text(topic + level).bytes(1)));
            raw.write(says ? all.bytes(0xe0, 0).toBytes() : all.toBytes());
        }
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 60, true)) {
            raw.send(0xe0);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var publisher = RawMqtt.connected(suite, token)) {
            publisher.publish(0x32, level.isEmpty() ? topic : topic + "/x", 1, "meanwhile");
            assertThat(publisher.read().firstByte()).isEqualTo(0x40);
        }
        try (var raw = RawMqtt.resumed(suite.mqttPort(), id, token, 0, true)) {
            assertThat(RawPublish.next(raw).text()).isEqualTo("meanwhile");
        }
    }
}
