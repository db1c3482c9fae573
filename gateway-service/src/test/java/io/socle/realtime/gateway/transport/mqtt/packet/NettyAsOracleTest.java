package io.socle.realtime.gateway.transport.mqtt.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.socle.realtime.contracts.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty's codec, which is of other makers, writes what is read here and reads what is written here. */
class NettyAsOracleTest {
    private static final String ODD = "gr\u00fc\u00df/\ud83d\ude00";

    private static byte[] encoded(MqttMessage... messages) {
        var channel = new EmbeddedChannel(MqttEncoder.INSTANCE);
        ByteBuf all = Unpooled.buffer();
        // The encoder learns the version from CONNECT or CONNACK.
        for (MqttMessage message : messages) {
            channel.writeOutbound(message);
        }
        ByteBuf last = Unpooled.EMPTY_BUFFER;
        for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            last = each;
        }
        all.writeBytes(last);
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static MqttMessage connect(MqttVersion version) {
        var will = new MqttProperties();
        will.add(new MqttProperties.IntegerProperty(0x18, 7));
        var properties = new MqttProperties();
        properties.add(new MqttProperties.IntegerProperty(0x11, 3_600));
        properties.add(new MqttProperties.UserProperties(
                List.of(new MqttProperties.StringPair("b", "1"), new MqttProperties.StringPair("a", ODD))));
        return MqttMessageBuilders.connect()
                .protocolVersion(version)
                .clientId("c1")
                .cleanSession(true)
                .keepAlive(300)
                .username("u")
                .password(new byte[] {1, 2})
                .willFlag(true)
                .willQoS(MqttQoS.EXACTLY_ONCE)
                .willRetain(true)
                .willTopic(ODD)
                .willMessage(new byte[] {9})
                .willProperties(will)
                .properties(properties)
                .build();
    }

    private static byte[] body(byte[] packet) {
        int at = 1;
        while (packet[at] < 0) {
            at++;
        }
        return Arrays.copyOfRange(packet, at + 1, packet.length);
    }

    private static PacketReader reader(MqttVersion version) {
        var reader = new PacketReader();
        byte[] packet = encoded(connect(version));
        reader.connect(packet[0] & 0xff, body(packet));
        return reader;
    }

    private static Packet read(MqttVersion version, MqttMessage message) {
        byte[] packet = encoded(connect(version), message);
        return reader(version).read(packet[0] & 0xff, body(packet));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void connect_is_read_in_every_version(MqttVersion version) { // MQT-1
        byte[] packet = encoded(connect(version));
        var read = new PacketReader().connect(packet[0] & 0xff, body(packet));
        assertThat(read.version().level()).isEqualTo(version.protocolLevel());
        assertThat(read.clientId()).isEqualTo("c1");
        assertThat(read.cleanStart()).isTrue();
        assertThat(read.keepAlive()).isEqualTo(300);
        assertThat(read.userName()).isEqualTo("u");
        assertThat(read.password()).isEqualTo(Payload.of(new byte[] {1, 2}));
        Properties willProperties = version == MqttVersion.MQTT_5
                ? Properties.builder().number(Property.WILL_DELAY, 7).build()
                : Properties.NONE;
        assertThat(read.will()).isEqualTo(new Packet.Will(ODD, Payload.of(new byte[] {9}), 2, true, willProperties));
        if (version == MqttVersion.MQTT_5) {
            assertThat(read.properties().number(Property.SESSION_EXPIRY, 0)).isEqualTo(3_600);
            assertThat(read.properties().user())
                    .containsExactly(new Properties.UserProperty("b", "1"), new Properties.UserProperty("a", ODD));
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void publish_is_read_in_every_version(MqttVersion version) {
        var properties = new MqttProperties();
        properties.add(new MqttProperties.IntegerProperty(1, 1));
        properties.add(new MqttProperties.StringProperty(3, "text/plain"));
        properties.add(new MqttProperties.BinaryProperty(9, new byte[] {4, 5}));
        properties.add(new MqttProperties.IntegerProperty(0x23, 12));
        var message = MqttMessageBuilders.publish()
                .topicName(ODD)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(0xfffe)
                .retained(true)
                .properties(properties)
                .payload(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}))
                .build();
        var read = (Packet.Publish) read(version, message);
        assertThat(read.topic()).isEqualTo(ODD);
        assertThat(read.packetId()).isEqualTo(0xfffe);
        assertThat(read.qos()).isOne();
        assertThat(read.retain()).isTrue();
        assertThat(read.payload()).isEqualTo(Payload.of(new byte[] {1, 2, 3}));
        if (version == MqttVersion.MQTT_5) {
            assertThat(read.properties().text(Property.CONTENT_TYPE)).isEqualTo("text/plain");
            assertThat(read.properties().binary(Property.CORRELATION_DATA)).isEqualTo(Payload.of(new byte[] {4, 5}));
            assertThat(read.properties().number(Property.TOPIC_ALIAS, 0)).isEqualTo(12);
        }
    }

    @Test
    void subscription_options_are_read() {
        var option = new MqttSubscriptionOption(
                MqttQoS.EXACTLY_ONCE, true, true, MqttSubscriptionOption.RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE);
        var message = MqttMessageBuilders.subscribe()
                .messageId(3)
                .addSubscription("a/+", option)
                .build();
        var read = (Packet.Subscribe) read(MqttVersion.MQTT_5, message);
        assertThat(read.requests()).containsExactly(new Packet.Request("a/+", 2, true, true, 2));
    }

    /** What is written here as Netty reads it, after a CONNACK that tells its decoder the version. */
    private static Object decoded(Version version, byte[] packet) {
        var channel = new EmbeddedChannel(new MqttDecoder(1 << 20));
        byte[] connect = encoded(connect(version.isFive() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1));
        channel.writeInbound(Unpooled.wrappedBuffer(connect));
        assertThat((Object) channel.readInbound()).isNotNull();
        channel.writeInbound(Unpooled.wrappedBuffer(packet));
        return channel.readInbound();
    }

    @Test
    void a_connack_with_properties_is_written() { // MQT-3
        var properties = Properties.builder()
                .number(Property.RECEIVE_MAXIMUM, 20)
                .number(Property.MAXIMUM_PACKET_SIZE, 70_000)
                .text(Property.ASSIGNED_CLIENT_IDENTIFIER, "c9")
                .flag(Property.SHARED_SUBSCRIPTION_AVAILABLE, false)
                .build();
        byte[] packet = new PacketWriter(Version.V5).write(new Packet.ConnAck(false, 0, properties));
        var read = ((MqttConnAckMessage) decoded(Version.V5, packet)).variableHeader();
        assertThat(read.connectReturnCode()).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        assertThat(read.properties().getProperty(0x21).value()).isEqualTo(20);
        assertThat(read.properties().getProperty(0x27).value()).isEqualTo(70_000);
        assertThat(read.properties().getProperty(0x12).value()).isEqualTo("c9");
        assertThat(read.properties().getProperty(0x2a).value()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 200_000})
    void a_publish_of_every_size_is_written(int size) { // MQT-20
        byte[] payload = new byte[size];
        var own = Properties.builder()
                .subscription(300)
                .number(Property.MESSAGE_EXPIRY, 5)
                .build();
        byte[] shared = PacketWriter.shared(Properties.builder().user("k", ODD).build());
        byte[] head = new PacketWriter(Version.V5)
                .publish(
                        new PacketWriter.Head(2, true, false, 77),
                        ODD.getBytes(StandardCharsets.UTF_8),
                        own,
                        shared,
                        size);
        byte[] packet = Arrays.copyOf(head, head.length + size);
        System.arraycopy(payload, 0, packet, head.length, size);
        var read = (MqttPublishMessage) decoded(Version.V5, packet);
        assertThat(read.variableHeader().topicName()).isEqualTo(ODD);
        assertThat(read.variableHeader().packetId()).isEqualTo(77);
        assertThat(read.fixedHeader().isRetain()).isTrue();
        assertThat(read.fixedHeader().qosLevel()).isEqualTo(MqttQoS.EXACTLY_ONCE);
        assertThat(read.payload().readableBytes()).isEqualTo(size);
        var properties = read.variableHeader().properties();
        assertThat(properties.getProperties(0x0b).getFirst().value()).isEqualTo(300);
        assertThat(properties.getProperty(2).value()).isEqualTo(5);
    }
}
