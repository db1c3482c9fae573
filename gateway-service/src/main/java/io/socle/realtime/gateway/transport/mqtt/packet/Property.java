package io.socle.realtime.gateway.transport.mqtt.packet;

import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.AUTH;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.CONNACK;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.CONNECT;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.DISCONNECT;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.PUBLISH;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.SUBSCRIBE;
import static io.socle.realtime.gateway.transport.mqtt.packet.PacketType.WILL;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5 (section 2.2.2.2) with their form and the packets that they are valid in. */
public enum Property {
    PAYLOAD_FORMAT(0x01, Form.FLAG, PUBLISH, WILL),
    MESSAGE_EXPIRY(0x02, Form.INT, PUBLISH, WILL),
    CONTENT_TYPE(0x03, Form.TEXT, PUBLISH, WILL),
    RESPONSE_TOPIC(0x08, Form.TEXT, PUBLISH, WILL),
    CORRELATION_DATA(0x09, Form.BINARY, PUBLISH, WILL),
    SUBSCRIPTION_IDENTIFIER(0x0b, Form.VARIABLE, PUBLISH, SUBSCRIBE),
    SESSION_EXPIRY(0x11, Form.INT, CONNECT, CONNACK, DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, Form.TEXT, CONNACK),
    SERVER_KEEP_ALIVE(0x13, Form.SHORT, CONNACK),
    AUTHENTICATION_METHOD(0x15, Form.TEXT, CONNECT, CONNACK, AUTH),
    AUTHENTICATION_DATA(0x16, Form.BINARY, CONNECT, CONNACK, AUTH),
    REQUEST_PROBLEM_INFORMATION(0x17, Form.FLAG, CONNECT),
    WILL_DELAY(0x18, Form.INT, WILL),
    REQUEST_RESPONSE_INFORMATION(0x19, Form.FLAG, CONNECT),
    RESPONSE_INFORMATION(0x1a, Form.TEXT, CONNACK),
    SERVER_REFERENCE(0x1c, Form.TEXT, CONNACK, DISCONNECT),
    REASON_STRING(0x1f, Form.TEXT),
    RECEIVE_MAXIMUM(0x21, Form.SHORT, CONNECT, CONNACK),
    TOPIC_ALIAS_MAXIMUM(0x22, Form.SHORT, CONNECT, CONNACK),
    TOPIC_ALIAS(0x23, Form.SHORT, PUBLISH),
    MAXIMUM_QOS(0x24, Form.FLAG, CONNACK),
    RETAIN_AVAILABLE(0x25, Form.FLAG, CONNACK),
    USER_PROPERTY(0x26, Form.PAIR),
    MAXIMUM_PACKET_SIZE(0x27, Form.INT, CONNECT, CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Form.FLAG, CONNACK),
    SUBSCRIPTION_IDENTIFIERS_AVAILABLE(0x29, Form.FLAG, CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2a, Form.FLAG, CONNACK);

    /** How a value is written. */
    enum Form {
        /** One byte, 0 or 1. */
        FLAG,
        SHORT,
        INT,
        VARIABLE,
        TEXT,
        BINARY,
        PAIR
    }

    private static final Set<PacketType> WITH_REASON = EnumSet.of(
            CONNACK,
            PacketType.PUBACK,
            PacketType.PUBREC,
            PacketType.PUBREL,
            PacketType.PUBCOMP,
            PacketType.SUBACK,
            PacketType.UNSUBACK,
            DISCONNECT,
            AUTH);

    private static final Map<Integer, Property> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Property::id, Function.identity()));

    private final int id;
    private final Form form;
    private final Set<PacketType> packets;

    Property(int id, Form form, PacketType... packets) {
        this.id = id;
        this.form = form;
        this.packets = packets.length == 0 ? EnumSet.noneOf(PacketType.class) : EnumSet.copyOf(Arrays.asList(packets));
    }

    static @Nullable Property of(int id) {
        return BY_ID.get(id);
    }

    int id() {
        return id;
    }

    Form form() {
        return form;
    }

    boolean isValidIn(PacketType packet) {
        return switch (this) {
            case USER_PROPERTY -> true;
            case REASON_STRING -> WITH_REASON.contains(packet);
            default -> packets.contains(packet);
        };
    }

    /** Whether a packet may have several: user properties anywhere, subscription identifiers as the server sends them. */
    boolean mayRepeat() {
        return this == USER_PROPERTY;
    }
}
