package io.socle.realtime.gateway.transport.mqtt.packet;

/** The types of control packets, and of the will inside CONNECT, which has properties of its own (MQTT 5 section 2.1.2). */
public enum PacketType {
    RESERVED,
    CONNECT,
    CONNACK,
    PUBLISH,
    PUBACK,
    PUBREC,
    PUBREL,
    PUBCOMP,
    SUBSCRIBE,
    SUBACK,
    UNSUBSCRIBE,
    UNSUBACK,
    PINGREQ,
    PINGRESP,
    DISCONNECT,
    AUTH,
    WILL;

    private static final PacketType[] ALL = values();

    /** The type that the upper half of a packet's first byte says. */
    public static PacketType of(int firstByte) {
        return ALL[(firstByte >> 4) & 0x0f];
    }

    /** The number of the type, which is its place among the constants (section 2.1.2). */
    @SuppressWarnings("EnumOrdinal")
    private int code() {
        return ordinal();
    }

    /** The first byte of a packet of this type with these flags. */
    int firstByte(int flags) {
        return (code() << 4) | flags;
    }

    /** The flags that a packet of this type must have; PUBLISH has its own (MQTT 5 section 2.1.3). */
    int requiredFlags() {
        return switch (this) {
            case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> 2;
            default -> 0;
        };
    }
}
