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
}
