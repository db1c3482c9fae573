package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;

/** Reads CONNECT of every version (MQTT 5 section 3.1; MQTT 3.1.1 section 3.1). */
final class ConnectReader {
    private static final int CLEAN_START = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;
    private static final int LONGEST_CLIENT_ID_OF_3_1 = 23;

    private final ByteReader bytes;

    private ConnectReader(ByteReader bytes) {
        this.bytes = bytes;
    }

    /** Throws ConnectException where the version is known enough to be answered in, else PacketException. */
    static Packet.Connect read(ByteReader bytes) {
        String protocol = bytes.text();
        int level = bytes.oneByte();
        Version version = version(protocol, level);
        try {
            return new ConnectReader(bytes).read(version);
        } catch (PacketException e) {
            throw new ConnectException(version, e);
        }
    }

    private static Version version(String protocol, int level) {
        if (protocol.equals("MQIsdp")) {
            if (level != 3) {
                throw unspoken(Version.V3_1);
            }
            return Version.V3_1;
        }
        if (!protocol.equals("MQTT")) {
            throw PacketException.malformed("the protocol is not MQTT");
        }
        return switch (level) {
            case 4 -> Version.V3_1_1;
            case 5 -> Version.V5;
            // Bridges of brokers set the upper bit first, and go on without it where 3.1.1 refuses them.
            default -> throw unspoken((level & 0x7f) < 5 ? Version.V3_1_1 : Version.V5);
        };
    }

    private static ConnectException unspoken(Version answerIn) {
        return new ConnectException(
                answerIn, new PacketException(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "a version that is not spoken"));
    }

    private Packet.Connect read(Version version) {
        int flags = bytes.oneByte();
        checkFlags(flags, version);
        int keepAlive = bytes.twoBytes();
        Properties properties = version.isFive() ? PropertyReader.read(bytes, PacketType.CONNECT) : Properties.NONE;
        if (properties.has(Property.AUTHENTICATION_DATA) && !properties.has(Property.AUTHENTICATION_METHOD)) {
            throw PacketException.violation("authentication data without a method");
        }
        String clientId = clientId(version, (flags & CLEAN_START) != 0);
        Packet.Will will = (flags & WILL) == 0 ? null : will(flags, version);
        String userName = (flags & USER_NAME) == 0 ? null : bytes.text();
        Payload password = (flags & PASSWORD) == 0 ? null : bytes.binary();
        bytes.expectEnd();
        return new Packet.Connect(
                version, (flags & CLEAN_START) != 0, keepAlive, clientId, will, userName, password, properties);
    }

    private static void checkFlags(int flags, Version version) {
        if ((flags & 1) != 0) {
            throw PacketException.malformed("the reserved flag of CONNECT is set");
        }
        boolean will = (flags & WILL) != 0;
        if (qos(flags) == 3 || (!will && (qos(flags) > 0 || (flags & WILL_RETAIN) != 0))) {
            throw PacketException.malformed("the will's flags contradict one another");
        }
        if (!version.isFive() && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
            throw PacketException.malformed("a password without a user name");
        }
    }

    private static int qos(int flags) {
        return flags >> 3 & 3;
    }

    /** Before version 5 only a client without a session may leave its identifier to the server (3.1.1 section 3.1.3.1). */
    private String clientId(Version version, boolean cleanStart) {
        String clientId = bytes.text();
        boolean missing = clientId.isEmpty() && !version.isFive() && (version == Version.V3_1 || !cleanStart);
        if (missing || (version == Version.V3_1 && clientId.length() > LONGEST_CLIENT_ID_OF_3_1)) {
            throw new PacketException(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "the client identifier is not valid");
        }
        return clientId;
    }

    private Packet.Will will(int flags, Version version) {
        Properties properties = version.isFive() ? PropertyReader.read(bytes, PacketType.WILL) : Properties.NONE;
        String topic = bytes.text();
        Payload payload = bytes.binary();
        PacketReader.checkTopicName(topic);
        PacketReader.checkResponseTopic(properties);
        return new Packet.Will(topic, payload, qos(flags), (flags & WILL_RETAIN) != 0, properties);
    }
}
