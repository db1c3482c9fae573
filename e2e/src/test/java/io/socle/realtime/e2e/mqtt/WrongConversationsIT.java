package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.mqtt.RawMqtt.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are well formed and wrong where they stand, and what each version says of a CONNECT that it does not take (MQT-60). */
@ExtendWith(SharedSuite.class)
class WrongConversationsIT {
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBCOMP = 0x70;

    private final Suite suite;
    private final String token;

    WrongConversationsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private RawMqtt connected(int level) {
        var raw = new RawMqtt(suite);
        raw.send(0x10, RawMqtt.connect(level, "wrong-" + System.nanoTime(), token, 60));
        assertThat(raw.read().at(1)).isZero();
        return raw;
    }

    private static void subscribe(RawMqtt raw, int level, String topic, int qos) {
        Bytes body = new Bytes().bytes(0, 1);
        if (level == 5) {
            body.bytes(0);
        }
        raw.send(0x82, body.text(topic).bytes(qos).toBytes());
        assertThat(raw.read().firstByte()).isEqualTo(0x90);
    }

    /** Sends the client a message, and returns the packet identifier that it came with. */
    private int message(RawMqtt raw, String topic, int qos) {
        try (var publisher = RawMqtt.connected(suite, token)) {
            publisher.publish(0x30 | qos << 1, topic, 1, "x");
            publisher.read();
            Received publish = raw.read();
            assertThat(publish.firstByte()).isEqualTo(0x30 | qos << 1);
            int at = 2 + topic.length();
            return publish.at(at) << 8 | publish.at(at + 1);
        }
    }

    private static void assertEnded(RawMqtt raw, int level) {
        if (level == 5) {
            Received disconnect = raw.read();
            assertThat(disconnect.firstByte()).isEqualTo(0xe0);
            assertThat(disconnect.at(0)).isEqualTo(0x82);
        }
        assertThat(raw.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, 0x50", "4, 1, 0x70", "4, 2, 0x40", "4, 2, 0x70",
        "5, 1, 0x50", "5, 1, 0x70", "5, 2, 0x40", "5, 2, 0x70"
    })
    void an_acknowledgement_of_another_kind_than_the_messages_ends_the_connection(
            int level, int qos, int wrong) { // MQT-60
        String topic = "wrong/" + System.nanoTime();
        try (var raw = connected(level)) {
            subscribe(raw, level, topic, qos);
            raw.acknowledge(wrong, message(raw, topic, qos));
            assertEnded(raw, level);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void puback_for_a_message_whose_pubrec_came_ends_the_connection(int level) { // MQT-60
        String topic = "wrong/" + System.nanoTime();
        try (var raw = connected(level)) {
            subscribe(raw, level, topic, 2);
            int packetId = message(raw, topic, 2);
            raw.acknowledge(PUBREC, packetId);
            assertThat(raw.read().firstByte()).isEqualTo(0x62);
            raw.acknowledge(PUBACK, packetId);
            assertEnded(raw, level);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void an_acknowledgement_that_nobody_awaits_harms_nothing(int level) { // MQT-60
        try (var raw = connected(level)) {
            raw.acknowledge(PUBACK, 17);
            raw.acknowledge(PUBCOMP, 17);
            raw.ping();
        }
    }

    private static Bytes connect(int level, int flags) {
        return new Bytes().text("MQTT").bytes(level, flags, 0, 60);
    }

    static Stream<byte[]> thatDoNotConform() {
        return Stream.of(
                connect(4, 0x03).text("a").toBytes(),
                connect(4, 0x02).bytes(0, 1, 0).toBytes(),
                connect(4, 0x02).bytes(0, 1, 0xff).toBytes(),
                connect(4, 0x42).text("a").text("secret").toBytes(),
                connect(4, 0x02).text("a").text("device").toBytes(),
                connect(4, 0x82).text("a").bytes(0, 1, 0xff).toBytes(),
                connect(4, 0x06).text("a").toBytes(),
                connect(4, 0x06).text("a").text("").text("").toBytes(),
                connect(4, 0x06).text("a").text("w/#").text("").toBytes(),
                connect(4, 0x22).text("a").toBytes(),
                connect(4, 0x02).text("a").bytes(0).toBytes());
    }

    @ParameterizedTest
    @MethodSource("thatDoNotConform")
    void a_connect_of_3_1_1_that_does_not_conform_is_not_answered(byte[] connect) { // MQT-60
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, connect);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 0x83})
    void another_level_of_version_3_1_is_told_that_it_is_not_spoken(int level) { // MQT-1
        try (var raw = new RawMqtt(suite)) {
            raw.send(
                    0x10,
                    new Bytes().text("MQIsdp").bytes(level, 2, 0, 60).text("a").toBytes());
            assertThat(raw.read().body()).containsExactly(0, 1);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void version_3_1_marks_more_packets_as_duplicates_than_later_ones() { // MQT-1
        String topic = "old/" + System.nanoTime();
        try (var raw = new RawMqtt(suite)) {
            raw.send(
                    0x10,
                    new Bytes()
                            .text("MQIsdp")
                            .bytes(3, 0xc2, 0, 60)
                            .text("old-" + System.nanoTime() % 1_000_000)
                            .text("device")
                            .text(token)
                            .toBytes());
            assertThat(raw.read().body()).containsExactly(0, 0);
            raw.send(0x8a, new Bytes().bytes(0, 1).text(topic).bytes(0).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 1, 0);
            raw.send(0x3c, new Bytes().text(topic).bytes(0, 2).toBytes());
            assertThat(Stream.of(raw.read(), raw.read()).map(Received::firstByte))
                    .containsExactlyInAnyOrder(PUBREC, 0x30);
            raw.send(0x6a, (byte) 0, (byte) 2);
            assertThat(raw.read().firstByte()).isEqualTo(PUBCOMP);
            raw.send(0xaa, new Bytes().bytes(0, 3).text(topic).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 3);
        }
    }
}
