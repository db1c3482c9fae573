package io.socle.realtime.gateway.transport.mqtt.packet;

import java.util.List;

/** Writes what a server sends in one version of MQTT. Immutable. */
public final class PacketWriter {
    private static final byte[] NOTHING = new byte[0];

    private final Version version;

    public PacketWriter(Version version) {
        this.version = version;
    }

    /** A whole packet; PUBLISH is written by {@link #publish}. */
    public byte[] write(Packet packet) {
        return switch (packet) {
            case Packet.ConnAck connAck -> framed(PacketType.CONNACK, connAck(connAck));
            case Packet.Acknowledgement ack -> framed(ack.type(), acknowledgement(ack));
            case Packet.SubAck subAck -> framed(PacketType.SUBACK, subAck(subAck));
            case Packet.UnsubAck unsubAck -> framed(PacketType.UNSUBACK, unsubAck(unsubAck));
            case Packet.PingResp pong -> framed(PacketType.PINGRESP, new ByteWriter(0));
            case Packet.Disconnect disconnect -> framed(PacketType.DISCONNECT, disconnect(disconnect));
            default -> throw new IllegalArgumentException("not a packet that is written so: " + packet.getClass());
        };
    }

    private static byte[] framed(PacketType type, ByteWriter body) {
        return new ByteWriter(body.size() + 5)
                .oneByte(type.firstByte(type.requiredFlags()))
                .variable(body.size())
                .raw(body)
                .toBytes();
    }

    private ByteWriter connAck(Packet.ConnAck packet) {
        ByteWriter bytes = new ByteWriter(64);
        bytes.oneByte(packet.sessionPresent() && version != Version.V3_1 ? 1 : 0);
        if (!version.isFive()) {
            return bytes.oneByte(returnCode(packet.reasonCode()));
        }
        bytes.oneByte(packet.reasonCode());
        PropertyWriter.write(packet.properties(), bytes);
        return bytes;
    }

    /** The return code of MQTT 3.1.1 (section 3.2.2.3) that says the most of a reason code of version 5. */
    static int returnCode(int reasonCode) {
        return switch (reasonCode) {
            case ReasonCode.SUCCESS -> 0;
            case ReasonCode.UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_AUTHENTICATION_METHOD -> 5;
            default -> 3;
        };
    }

    private ByteWriter acknowledgement(Packet.Acknowledgement packet) {
        ByteWriter bytes = new ByteWriter(8).twoBytes(packet.packetId());
        boolean plain =
                packet.reasonCode() == ReasonCode.SUCCESS && packet.properties().equals(Properties.NONE);
        if (version.isFive() && !plain) {
            bytes.oneByte(packet.reasonCode());
            PropertyWriter.write(packet.properties(), bytes);
        }
        return bytes;
    }

    /** Before version 5 there is one code for all failures. */
    private ByteWriter subAck(Packet.SubAck packet) {
        ByteWriter bytes = acknowledged(packet.packetId(), packet.reasonCodes().size());
        for (int code : packet.reasonCodes()) {
            boolean failure = ReasonCode.isFailure(code);
            bytes.oneByte(failure && !version.isFive() ? ReasonCode.UNSPECIFIED_ERROR : code);
        }
        return bytes;
    }

    private ByteWriter unsubAck(Packet.UnsubAck packet) {
        List<Integer> codes = version.isFive() ? packet.reasonCodes() : List.of();
        ByteWriter bytes = acknowledged(packet.packetId(), codes.size());
        codes.forEach(bytes::oneByte);
        return bytes;
    }

    private ByteWriter acknowledged(int packetId, int codes) {
        ByteWriter bytes = new ByteWriter(3 + codes).twoBytes(packetId);
        return version.isFive() ? bytes.oneByte(0) : bytes;
    }

    private ByteWriter disconnect(Packet.Disconnect packet) {
        ByteWriter bytes = new ByteWriter(32);
        if (version.isFive()) {
            bytes.oneByte(packet.reasonCode());
            PropertyWriter.write(packet.properties(), bytes);
        }
        return bytes;
    }

    /** The properties of a message that are alike for all its receivers, to be written into many packets. */
    public static byte[] shared(Properties properties) {
        return PropertyWriter.body(properties).toBytes();
    }

    /**
     * All of a PUBLISH but its payload, which follows.
     *
     * @param topic in UTF-8; empty where a topic alias stands for it
     * @param own properties of this packet alone
     * @param shared properties that {@link #shared} made; versions before 5 have neither
     * @param payload how many bytes follow
     */
    public byte[] publish(Head head, byte[] topic, Properties own, byte[] shared, int payload) {
        byte[] properties = version.isFive() ? joined(own, shared) : NOTHING;
        int size = 2 + topic.length + (head.qos() > 0 ? 2 : 0) + properties.length + payload;
        ByteWriter bytes = new ByteWriter(size - payload + 5);
        bytes.oneByte(PacketType.PUBLISH.firstByte(head.flags())).variable(size);
        bytes.twoBytes(topic.length).raw(topic);
        if (head.qos() > 0) {
            bytes.twoBytes(head.packetId());
        }
        return bytes.raw(properties).toBytes();
    }

    private static byte[] joined(Properties own, byte[] shared) {
        ByteWriter first = PropertyWriter.body(own);
        int length = first.size() + shared.length;
        return new ByteWriter(length + ByteWriter.variableLength(length))
                .variable(length)
                .raw(first)
                .raw(shared)
                .toBytes();
    }

    /** What the first bytes of a PUBLISH say. */
    public record Head(int qos, boolean retain, boolean duplicate, int packetId) {
        int flags() {
            return (duplicate ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
        }
    }
}
