package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.mqtt.flow.ClientSession;
import io.socle.realtime.gateway.transport.mqtt.flow.OutboundAliases;
import io.socle.realtime.gateway.transport.mqtt.mapping.MessageFormat;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketWriter;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.mqtt.packet.Version;
import java.nio.charset.StandardCharsets;

/** Who is connected, what it wants, and how it is written to. Confined to its event loop. */
final class Client {
    private static final long ANY_SIZE = Long.MAX_VALUE;
    private static final byte[] NO_TOPIC = new byte[0];

    private final PacketChannel channel;
    private final Version version;
    private final PacketWriter writer;
    private final ClientSession session;
    private final Principal principal;
    private final long sessionKeptMs;
    private final long largestPacket;
    private final boolean problemInformation;
    private final MessageFormat format;
    private final OutboundAliases aliases;
    private final Ending ending;

    Client(
            PacketChannel channel,
            Packet.Connect connect,
            ClientSession session,
            Principal principal,
            long sessionKeptMs,
            Ending ending) {
        this.channel = channel;
        this.version = connect.version();
        this.writer = new PacketWriter(version);
        this.session = session;
        this.principal = principal;
        this.sessionKeptMs = sessionKeptMs;
        this.largestPacket = largestPacket(connect);
        this.ending = ending;
        this.problemInformation = connect.properties().number(Property.REQUEST_PROBLEM_INFORMATION, 1) == 1;
        this.aliases = new OutboundAliases(connect.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0));
        this.format = MessageFormat.of(connect.properties().user(MessageFormat.PROPERTY));
    }

    /** The largest packet that the client of a CONNECT takes, in bytes. */
    static long largestPacket(Packet.Connect connect) {
        return connect.properties().number(Property.MAXIMUM_PACKET_SIZE, ANY_SIZE);
    }

    boolean isFive() {
        return version.isFive();
    }

    ClientSession session() {
        return session;
    }

    Principal principal() {
        return principal;
    }

    /** How long the client's session outlives its connection, in milliseconds. */
    long sessionKeptMs() {
        return sessionKeptMs;
    }

    MessageFormat format() {
        return format;
    }

    PacketChannel channel() {
        return channel;
    }

    /** A reason for people, where the client wants one (MQTT 5 section 3.1.2.11.7). */
    Properties reason(String text) {
        return version.isFive() && problemInformation
                ? Properties.builder().text(Property.REASON_STRING, text).build()
                : Properties.NONE;
    }

    /**
     * Writes a packet; what would make it larger than the client takes is left out (section 3.1.2.11.4). A client that does
     * not even take the rest would wait for it in vain, so its connection ends.
     */
    void send(Packet packet) {
        byte[] bytes = writer.write(packet);
        if (bytes.length > largestPacket) {
            bytes = writer.write(bare(packet));
        }
        if (bytes.length <= largestPacket) {
            channel.write(bytes);
        } else if (!(packet instanceof Packet.Disconnect)) {
            ending.end(ReasonCode.PACKET_TOO_LARGE, "the client takes no packet that is as large as the answer");
        }
    }

    /** Whether a packet is written whole. */
    boolean takes(Packet packet) {
        return writer.write(packet).length <= largestPacket;
    }

    private static Packet bare(Packet packet) {
        return switch (packet) {
            case Packet.Acknowledgement ack -> new Packet.Acknowledgement(ack.type(), ack.packetId(), ack.reasonCode());
            case Packet.Disconnect disconnect -> new Packet.Disconnect(disconnect.reasonCode(), Properties.NONE);
            default -> packet;
        };
    }

    /** A message's first part, which has to be written with its payload. */
    byte[] publish(PacketWriter.Head head, ChannelName topic, Properties own, byte[] shared, int payload) {
        OutboundAliases.Naming naming = aliases.naming(topic.value());
        byte[] name = naming.isSet() ? NO_TOPIC : topic.value().getBytes(StandardCharsets.UTF_8);
        Properties all = naming.alias() == 0 ? own : own.with(Property.TOPIC_ALIAS, naming.alias());
        return writer.publish(head, name, all, shared, payload);
    }

    /** What {@link #publish} gave last will be written, after all that it gave before. */
    void accepted(ChannelName topic) {
        aliases.written(topic.value());
    }

    /** Whether a packet is no larger than the client takes. */
    boolean takes(long packetBytes) {
        return packetBytes <= largestPacket;
    }
}
