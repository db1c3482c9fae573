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
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks the standard ends the connection with the reason code that the standard asks for (MQT-60). */
@ExtendWith(SharedSuite.class)
class MalformedPacketsIT {
    private final Suite suite;
    private final String token;

    MalformedPacketsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    /** A packet that is wrong after a good CONNECT of version 5, and the reason code of the DISCONNECT. */
    record Wrong(String name, int reasonCode, byte[] packet) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Wrong wrong(String name, int code, int firstByte, Bytes body) {
        byte[] bytes = body.toBytes();
        return new Wrong(
                name,
                code,
                new Bytes().bytes(firstByte).variable(bytes.length).raw(bytes).toBytes());
    }

    private static Bytes publish(String topic) {
        return new Bytes().text(topic).bytes(0, 1);
    }

    static Stream<Wrong> afterConnect() {
        return Stream.of(
                wrong("second CONNECT", 0x82, 0x10, new Bytes().raw(RawMqtt.connect(5, "twice", "", 60))),
                wrong(
                        "packet identifier 0 in PUBLISH",
                        0x82,
                        0x32,
                        new Bytes().text("a").bytes(0, 0, 0)),
                wrong(
                        "packet identifier 0 in SUBSCRIBE",
                        0x82,
                        0x82,
                        new Bytes().bytes(0, 0, 0).text("a").bytes(1)),
                wrong("+ in PUBLISH", 0x90, 0x32, publish("a/+").bytes(0)),
                wrong("# in PUBLISH", 0x90, 0x32, publish("a/#").bytes(0)),
                wrong("empty topic", 0x82, 0x32, publish("").bytes(0)),
                wrong("QoS 3", 0x81, 0x36, publish("a").bytes(0)),
                wrong("DUP with QoS 0", 0x82, 0x38, new Bytes().text("a").bytes(0)),
                wrong("U+0000 in a topic", 0x81, 0x32, publish("a\0b").bytes(0)),
                wrong("topic that is not UTF-8", 0x81, 0x32, new Bytes().bytes(0, 2, 0xc3, 0x28, 0, 1, 0)),
                wrong("surrogate in UTF-8", 0x81, 0x32, new Bytes().bytes(0, 3, 0xed, 0xa0, 0x80, 0, 1, 0)),
                wrong("string beyond the packet", 0x81, 0x32, new Bytes().bytes(0, 9, 'a')),
                wrong("properties beyond the packet", 0x81, 0x32, publish("a").bytes(20)),
                wrong("unknown property", 0x81, 0x32, publish("a").bytes(2, 0x7f, 0)),
                wrong("property of another packet", 0x81, 0x32, publish("a").bytes(5, 0x11, 0, 0, 0, 1)),
                wrong("property given twice", 0x82, 0x32, publish("a").bytes(4, 1, 0, 1, 0)),
                wrong("payload format 2", 0x82, 0x32, publish("a").bytes(2, 1, 2)),
                wrong("topic alias 0", 0x94, 0x32, publish("a").bytes(3, 0x23, 0, 0)),
                wrong("topic alias beyond the maximum", 0x94, 0x32, publish("a").bytes(3, 0x23, 0, 33)),
                wrong("topic alias that was not set", 0x82, 0x32, publish("").bytes(3, 0x23, 0, 5)),
                wrong(
                        "subscription identifier of a client",
                        0x82,
                        0x32,
                        publish("a").bytes(2, 0x0b, 1)),
                wrong("wildcard in the response topic", 0x82, 0x32, publish("a").bytes(4, 8, 0, 1, '#')),
                wrong(
                        "subscription identifier 0",
                        0x82,
                        0x82,
                        new Bytes().bytes(0, 1, 2, 0x0b, 0).text("a").bytes(1)),
                wrong(
                        "reserved flags of SUBSCRIBE",
                        0x81,
                        0x80,
                        new Bytes().bytes(0, 1, 0).text("a").bytes(1)),
                wrong(
                        "reserved options of SUBSCRIBE",
                        0x81,
                        0x82,
                        new Bytes().bytes(0, 1, 0).text("a").bytes(0x40)),
                wrong(
                        "retain handling 3",
                        0x82,
                        0x82,
                        new Bytes().bytes(0, 1, 0).text("a").bytes(0x30)),
                wrong(
                        "empty filter",
                        0x82,
                        0x82,
                        new Bytes().bytes(0, 1, 0).text("").bytes(1)),
                wrong("empty filter of UNSUBSCRIBE", 0x82, 0xa2, new Bytes().bytes(0, 1, 0, 0, 0)),
                wrong("SUBSCRIBE without a filter", 0x82, 0x82, new Bytes().bytes(0, 1, 0)),
                wrong("UNSUBSCRIBE without a filter", 0x82, 0xa2, new Bytes().bytes(0, 1, 0)),
                wrong("reserved flags of PUBREL", 0x81, 0x60, new Bytes().bytes(0, 1)),
                wrong("PINGREQ with a body", 0x81, 0xc0, new Bytes().bytes(0)),
                wrong("a packet of servers", 0x82, 0x20, new Bytes().bytes(0, 0, 0)),
                wrong("reserved packet type", 0x81, 0x00, new Bytes()),
                wrong("AUTH without a method", 0x82, 0xf0, new Bytes().bytes(0x18, 0)),
                wrong(
                        "no local for a shared subscription",
                        0x82,
                        0x82,
                        new Bytes().bytes(0, 1, 0).text("$share/g/a").bytes(5)),
                wrong(
                        "user property that is not UTF-8",
                        0x81,
                        0x32,
                        publish("a").bytes(6, 0x26, 0, 1, 'n', 0, 1, 0xff)),
                wrong("content type that is not UTF-8", 0x81, 0x32, publish("a").bytes(4, 3, 0, 1, 0xff)),
                wrong(
                        "response topic that is not UTF-8",
                        0x81,
                        0x32,
                        publish("a").bytes(4, 8, 0, 1, 0xff)),
                wrong("filter that is not UTF-8", 0x81, 0x82, new Bytes().bytes(0, 1, 0, 0, 1, 0xff, 0)),
                wrong(
                        "filter without options",
                        0x81,
                        0x82,
                        new Bytes().bytes(0, 1, 0).text("a")),
                wrong("filter of UNSUBSCRIBE that is not UTF-8", 0x81, 0xa2, new Bytes().bytes(0, 1, 0, 0, 1, 0xff)),
                wrong(
                        "reserved flags of UNSUBSCRIBE",
                        0x81,
                        0xa0,
                        new Bytes().bytes(0, 1, 0).text("a")),
                wrong("reserved flags of DISCONNECT", 0x81, 0xe1, new Bytes()),
                wrong("reserved flags of PINGREQ", 0x81, 0xc4, new Bytes()),
                wrong("reserved flags of PUBACK", 0x81, 0x42, new Bytes().bytes(0, 1)),
                wrong("reserved flags of PUBREC", 0x81, 0x52, new Bytes().bytes(0, 1)),
                wrong("reserved flags of PUBCOMP", 0x81, 0x72, new Bytes().bytes(0, 1)),
                wrong("reserved flags of AUTH", 0x81, 0xf1, new Bytes().bytes(0x18, 0)),
                wrong("unknown reason code of PUBACK", 0x82, 0x40, new Bytes().bytes(0, 1, 0x7f)),
                wrong("unknown reason code of PUBREC", 0x82, 0x50, new Bytes().bytes(0, 1, 0x92)),
                wrong("unknown reason code of PUBREL", 0x82, 0x62, new Bytes().bytes(0, 1, 0x10)),
                wrong("unknown reason code of PUBCOMP", 0x82, 0x70, new Bytes().bytes(0, 1, 0x80)),
                wrong("unknown reason code of DISCONNECT", 0x82, 0xe0, new Bytes().bytes(0x8e, 0)),
                wrong(
                        "session expiry in the end where there is none",
                        0x82,
                        0xe0,
                        new Bytes().bytes(0, 5, 0x11, 0, 0, 0, 1)),
                new Wrong("remaining length of five bytes", 0x81, new byte[] {0x30, -1, -1, -1, -1, 1}),
                new Wrong("remaining length with a byte too many", 0x81, new byte[] {(byte) 0xc0, (byte) 0x80, 0}),
                new Wrong("packet beyond the maximum", 0x95, new byte[] {0x30, -1, -1, -1, 0x7f}));
    }

    @ParameterizedTest
    @MethodSource("afterConnect")
    void a_wrong_packet_ends_the_connection_with_its_reason(Wrong wrong) { // MQT-60
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.write(wrong.packet());
            Received disconnect = raw.read();
            assertThat(disconnect.firstByte()).isEqualTo(0xe0);
            assertThat(disconnect.at(0)).isEqualTo(wrong.reasonCode());
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("afterConnect")
    void before_version_5_the_connection_ends_without_a_word(Wrong wrong) { // MQT-60
        boolean hasVersions = wrong.name().contains("CONNECT") || wrong.name().contains("PUBLISH");
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, RawMqtt.connect(4, "old-" + System.nanoTime(), token, 60));
            assertThat(raw.read().at(1)).isZero();
            raw.write(hasVersions ? wrong.packet() : new byte[] {0x00, 0x00});
            assertThat(raw.isClosed()).isTrue();
        }
    }

    static Stream<Wrong> first() {
        return Stream.of(
                wrong("PINGREQ first", 0, 0xc0, new Bytes()),
                wrong(
                        "not MQTT",
                        0,
                        0x10,
                        new Bytes().text("HTTP").bytes(4, 2, 0, 0).text("a")),
                wrong("reserved flags of CONNECT", 0, 0x11, new Bytes().raw(RawMqtt.connect(5, "a", "", 60))));
    }

    @ParameterizedTest
    @MethodSource("first")
    void whoever_does_not_begin_with_connect_is_not_answered(Wrong wrong) { // MQT-60
        try (var raw = new RawMqtt(suite)) {
            raw.write(wrong.packet());
            assertThat(raw.isClosed()).isTrue();
        }
    }

    /** CONNECT as far as the client identifier. */
    private static Bytes connect(int flags) {
        return new Bytes().text("MQTT").bytes(5, flags, 0, 60, 0).text("a");
    }

    /** CONNECT with properties. */
    private static Bytes with(int... properties) {
        return new Bytes()
                .text("MQTT")
                .bytes(5, 2, 0, 60, properties.length)
                .bytes(properties)
                .text("a");
    }

    static Stream<Wrong> connects() {
        return Stream.of(
                wrong(
                        "version 6",
                        0x84,
                        0x10,
                        new Bytes().text("MQTT").bytes(6, 2, 0, 60, 0).text("a")),
                wrong(
                        "reserved connect flag",
                        0x81,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 3, 0, 60, 0).text("a")),
                wrong(
                        "will flags without a will",
                        0x81,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 0x22, 0, 60, 0).text("a")),
                wrong("will QoS 3", 0x81, 0x10, connect(0x1e).bytes(0).text("w").text("")),
                wrong("will retain without a will", 0x81, 0x10, connect(0x22)),
                wrong("a will that is missing", 0x81, 0x10, connect(0x06)),
                wrong(
                        "will topic that is not UTF-8",
                        0x81,
                        0x10,
                        connect(0x06).bytes(0, 0, 1, 0xff).text("")),
                wrong(
                        "empty will topic",
                        0x82,
                        0x10,
                        connect(0x06).bytes(0).text("").text("")),
                wrong(
                        "response topic of a will with a wildcard",
                        0x82,
                        0x10,
                        connect(0x06).bytes(4, 8, 0, 1, '+').text("w").text("")),
                wrong("user name that is missing", 0x81, 0x10, connect(0x82)),
                wrong(
                        "user name that the flags do not announce",
                        0x81,
                        0x10,
                        connect(0x02).text("device")),
                wrong("user name that is not UTF-8", 0x81, 0x10, connect(0x82).bytes(0, 1, 0xff)),
                wrong("password that is missing", 0x81, 0x10, connect(0xc2).text("device")),
                wrong(
                        "password that the flags do not announce",
                        0x81,
                        0x10,
                        connect(0x82).text("device").text("secret")),
                wrong(
                        "no client identifier",
                        0x81,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 2, 0, 60, 0)),
                wrong(
                        "client identifier that is not UTF-8",
                        0x81,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 2, 0, 60, 0, 0, 1, 0xff)),
                wrong(
                        "client identifier of 1025 bytes",
                        0x85,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 2, 0, 60, 0).text("x".repeat(1_025))),
                wrong("maximum packet size 0", 0x82, 0x10, with(0x27, 0, 0, 0, 0)),
                wrong("request problem information 2", 0x82, 0x10, with(0x17, 2)),
                wrong("request response information 2", 0x82, 0x10, with(0x19, 2)),
                wrong("authentication data without a method", 0x82, 0x10, with(0x16, 0, 1, 1)),
                wrong("property of PUBLISH in CONNECT", 0x81, 0x10, with(1, 1)),
                wrong("cut short", 0x81, 0x10, new Bytes().text("MQTT").bytes(5, 2, 0, 60, 0, 0, 9, 'a')),
                wrong(
                        "too long",
                        0x81,
                        0x10,
                        new Bytes().text("MQTT").bytes(5, 2, 0, 60, 0).text("a").bytes(0)),
                wrong(
                        "receive maximum 0",
                        0x82,
                        0x10,
                        new Bytes()
                                .text("MQTT")
                                .bytes(5, 2, 0, 60, 3, 0x21, 0, 0)
                                .text("a")),
                wrong(
                        "authentication method",
                        0x8c,
                        0x10,
                        new Bytes()
                                .text("MQTT")
                                .bytes(5, 2, 0, 60, 4, 0x15, 0, 1, 'x')
                                .text("a")),
                wrong(
                        "will with a wildcard",
                        0x90,
                        0x10,
                        new Bytes()
                                .text("MQTT")
                                .bytes(5, 6, 0, 60, 0)
                                .text("a")
                                .bytes(0)
                                .text("w/#")
                                .text("")));
    }

    @ParameterizedTest
    @MethodSource("connects")
    void a_wrong_connect_is_answered_with_its_reason(Wrong wrong) { // MQT-60
        try (var raw = new RawMqtt(suite)) {
            raw.write(wrong.packet());
            Received connAck = raw.read();
            assertThat(connAck.firstByte()).isEqualTo(0x20);
            assertThat(connAck.at(0)).isZero();
            assertThat(connAck.at(1)).isEqualTo(wrong.reasonCode());
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void a_connection_without_connect_is_closed_in_time() { // MQT-2
        try (var raw = new RawMqtt(suite)) {
            raw.write((byte) 0x10);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void packets_may_come_byte_by_byte_and_many_at_once() { // MQT-1
        try (var raw = RawMqtt.connected(suite, token)) {
            for (byte one : new byte[] {(byte) 0xc0, 0, (byte) 0xc0}) {
                raw.write(one);
            }
            raw.write((byte) 0, (byte) 0xc0, (byte) 0);
            for (int n = 0; n < 3; n++) {
                assertThat(raw.read().firstByte()).isEqualTo(0xd0);
            }
        }
    }
}
