package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a client may send, and nothing else: every rule of the standard on the form of a packet is checked here. Knows
 * the version once CONNECT was read. Not for use by several threads.
 */
public final class PacketReader {
    private static final int RETAIN = 0x01;
    private static final int DUPLICATE = 0x08;

    private Version version = Version.V5;

    /** The version of the CONNECT that was read; 5 before it. */
    public Version version() {
        return version;
    }

    /**
     * Reads CONNECT, which must be the first packet.
     *
     * @param firstByte type and flags
     * @param body what follows the fixed header
     * @throws ConnectException where the client can be told
     * @throws PacketException where the connection can only be closed
     */
    public Packet.Connect connect(int firstByte, byte[] body) {
        if (PacketType.of(firstByte) != PacketType.CONNECT) {
            throw PacketException.violation("the first packet is not CONNECT");
        }
        checkFlags(PacketType.CONNECT, firstByte);
        Packet.Connect connect = ConnectReader.read(new ByteReader(body));
        version = connect.version();
        return connect;
    }

    /** Reads any later packet; throws PacketException where it breaks the standard. */
    public Packet read(int firstByte, byte[] body) {
        PacketType type = PacketType.of(firstByte);
        checkFlags(type, firstByte);
        ByteReader bytes = new ByteReader(body);
        Packet packet = switch (type) {
            case PUBLISH -> publish(firstByte, bytes);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> acknowledgement(type, bytes);
            case SUBSCRIBE -> subscribe(bytes);
            case UNSUBSCRIBE -> unsubscribe(bytes);
            case PINGREQ -> new Packet.PingReq();
            case DISCONNECT -> disconnect(bytes);
            case AUTH -> auth(bytes);
            case CONNECT -> throw PacketException.violation("a second CONNECT");
            case CONNACK, SUBACK, UNSUBACK, PINGRESP -> throw PacketException.violation("a packet of servers");
            case RESERVED, WILL -> throw PacketException.malformed("a reserved packet type");
        };
        bytes.expectEnd();
        return packet;
    }

    private void checkFlags(PacketType type, int firstByte) {
        if (type != PacketType.PUBLISH && (firstByte & 0x0f & ~maySay(type)) != type.requiredFlags()) {
            throw PacketException.malformed("the flags of the fixed header are wrong");
        }
    }

    /** Version 3.1 marks these as duplicates too where they are sent again (3.1 section 2.1). */
    private int maySay(PacketType type) {
        boolean again = type == PacketType.PUBREL || type == PacketType.SUBSCRIBE || type == PacketType.UNSUBSCRIBE;
        return again && version == Version.V3_1 ? DUPLICATE : 0;
    }

    private Properties properties(ByteReader bytes, PacketType type) {
        return version.isFive() ? PropertyReader.read(bytes, type) : Properties.NONE;
    }

    private Packet publish(int firstByte, ByteReader bytes) {
        int qos = firstByte >> 1 & 3;
        boolean duplicate = (firstByte & DUPLICATE) != 0;
        if (qos == 3) {
            throw PacketException.malformed("QoS 3");
        }
        if (duplicate && qos == 0) {
            throw PacketException.violation("a duplicate of QoS 0");
        }
        String topic = bytes.text();
        int packetId = qos == 0 ? 0 : packetId(bytes);
        Properties properties = properties(bytes, PacketType.PUBLISH);
        if (!topic.isEmpty() || !properties.has(Property.TOPIC_ALIAS)) {
            checkTopicName(topic);
        }
        checkResponseTopic(properties);
        if (!properties.subscriptions().isEmpty()) {
            throw PacketException.violation("a client's PUBLISH has a subscription identifier");
        }
        Payload payload = bytes.rest();
        return new Packet.Publish(topic, qos, (firstByte & RETAIN) != 0, duplicate, packetId, properties, payload);
    }

    /** Refuses what no topic name can be (sections 3.3.2.1 and 4.7). */
    static void checkTopicName(String topic) {
        if (topic.isEmpty()) {
            throw PacketException.violation("a topic name is empty");
        }
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw new PacketException(ReasonCode.TOPIC_NAME_INVALID, "a topic name has a wildcard");
        }
    }

    static void checkResponseTopic(Properties properties) {
        String topic = properties.text(Property.RESPONSE_TOPIC);
        if (topic != null && (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0)) {
            throw PacketException.violation("the response topic is empty or has a wildcard");
        }
    }

    private static int packetId(ByteReader bytes) {
        int id = bytes.twoBytes();
        if (id == 0) {
            throw PacketException.violation("a packet identifier of 0");
        }
        return id;
    }

    private Packet acknowledgement(PacketType type, ByteReader bytes) {
        int packetId = packetId(bytes);
        int code = version.isFive() && bytes.remaining() > 0 ? bytes.oneByte() : ReasonCode.SUCCESS;
        Properties properties =
                version.isFive() && bytes.remaining() > 0 ? PropertyReader.read(bytes, type) : Properties.NONE;
        checkReasonCode(type, code);
        return new Packet.Acknowledgement(type, packetId, code, properties);
    }

    private Packet subscribe(ByteReader bytes) {
        int packetId = packetId(bytes);
        Properties properties = properties(bytes, PacketType.SUBSCRIBE);
        List<Packet.Request> requests = new ArrayList<>();
        while (bytes.remaining() > 0) {
            requests.add(request(filter(bytes), bytes.oneByte()));
        }
        if (requests.isEmpty()) {
            throw PacketException.violation("SUBSCRIBE without a filter");
        }
        return new Packet.Subscribe(packetId, requests, properties);
    }

    /** A filter has at least one character (section 4.7.3); the rest is a question of each filter. */
    private static String filter(ByteReader bytes) {
        String filter = bytes.text();
        if (filter.isEmpty()) {
            throw PacketException.violation("a topic filter is empty");
        }
        return filter;
    }

    private Packet.Request request(String filter, int options) {
        if ((options & (version.isFive() ? 0xc0 : 0xfc)) != 0) {
            throw PacketException.malformed("reserved bits of the subscription options are set");
        }
        int qos = options & 3;
        int retainHandling = options >> 4 & 3;
        boolean noLocal = (options & 0x04) != 0;
        if (qos == 3) {
            throw PacketException.malformed("QoS 3");
        }
        if (retainHandling == 3 || (noLocal && filter.startsWith("$share/"))) {
            throw PacketException.violation("subscription options that exclude each other");
        }
        return new Packet.Request(filter, qos, noLocal, (options & 0x08) != 0, retainHandling);
    }

    private Packet unsubscribe(ByteReader bytes) {
        int packetId = packetId(bytes);
        Properties properties = properties(bytes, PacketType.UNSUBSCRIBE);
        List<String> filters = new ArrayList<>();
        while (bytes.remaining() > 0) {
            filters.add(filter(bytes));
        }
        if (filters.isEmpty()) {
            throw PacketException.violation("UNSUBSCRIBE without a filter");
        }
        return new Packet.Unsubscribe(packetId, filters, properties);
    }

    private Packet disconnect(ByteReader bytes) {
        if (!version.isFive() || bytes.remaining() == 0) {
            return new Packet.Disconnect(ReasonCode.SUCCESS, Properties.NONE);
        }
        int code = bytes.oneByte();
        checkReasonCode(PacketType.DISCONNECT, code);
        return new Packet.Disconnect(code, optional(bytes, PacketType.DISCONNECT));
    }

    private Packet auth(ByteReader bytes) {
        if (!version.isFive()) {
            throw PacketException.malformed("a reserved packet type");
        }
        int code = bytes.remaining() == 0 ? ReasonCode.SUCCESS : bytes.oneByte();
        return new Packet.Auth(code, optional(bytes, PacketType.AUTH));
    }

    private static void checkReasonCode(PacketType type, int code) {
        if (!ReasonCode.isOfClient(type, code)) {
            throw PacketException.violation("a reason code that a client's " + type + " cannot have");
        }
    }

    private static Properties optional(ByteReader bytes, PacketType type) {
        return bytes.remaining() == 0 ? Properties.NONE : PropertyReader.read(bytes, type);
    }
}
