package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.mqtt.flow.ClientSession;
import io.socle.realtime.gateway.transport.mqtt.flow.Gate;
import io.socle.realtime.gateway.transport.mqtt.flow.OutboundFlow;
import io.socle.realtime.gateway.transport.mqtt.flow.Subscriptions;
import io.socle.realtime.gateway.transport.mqtt.mapping.OutboundMessages;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketWriter;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages on their way to the client: one copy each, within the client's limits. Confined to its event loop. */
final class Delivering {
    private static final byte[] NOTHING = new byte[0];
    /** Most packets that wait for the session to be saved, those of QoS 0 among them. */
    private static final int HELD = 256;

    /** Takes a packet identifier for a message of a QoS. */
    private interface Begins {
        int packetId(int qos);
    }

    private final Client client;
    private final ClientSession session;
    private final OutboundFlow flow;
    private final InstantSource clock;
    /** What is written behind a message of QoS 2 waits with it, so that a channel's order stays. */
    private final Gate gate;

    Delivering(Client client, InstantSource clock) {
        this.client = client;
        this.session = client.session();
        this.flow = session.outbound();
        this.clock = clock;
        this.gate = new Gate(session.journal());
    }

    /** Whether the window and the socket take one more. */
    boolean isOpen() {
        return flow.isOpen() && client.channel().isWritable() && gate.size() < HELD && session.sends();
    }

    /** A subscription brings a message; where another has brought it already, that was its copy. */
    void live(String filter, SharedMessage shared) {
        RealtimeMessage message = shared.message();
        List<Subscriptions.Entry> matching =
                session.subscriptions().matching(message.channel(), session.published(message));
        boolean wanted =
                matching.stream().anyMatch(entry -> entry.filter().value().equals(filter));
        if (wanted && isFirst(filter, message, matching)) {
            write(shared, matching);
        }
    }

    private boolean isFirst(String filter, RealtimeMessage message, List<Subscriptions.Entry> matching) {
        Position position = message.position();
        if (position == null) {
            // Of an ephemeral channel: all its subscriptions have it in the same turn, so any one of them can be the
            // first.
            return matching.getFirst().filter().value().equals(filter);
        }
        return session.overlaps().isFirst(filter, message.channel(), position, matching);
    }

    private void write(SharedMessage shared, List<Subscriptions.Entry> matching) {
        int qos = 0;
        boolean retain = false;
        List<Integer> identifiers = new ArrayList<>(1);
        for (Subscriptions.Entry entry : matching) {
            qos = Math.max(qos, entry.options().qos());
            retain |= entry.options().retainAsPublished() && shared.message().retain();
            if (entry.identifier() > 0) {
                identifiers.add(entry.identifier());
            }
        }
        write(shared, qos, retain, identifiers, remembered(shared.message(), retain, identifiers));
    }

    /** What is sent is remembered with the session until it is acknowledged. */
    private Begins remembered(RealtimeMessage message, boolean retain, List<Integer> identifiers) {
        return qos -> flow.begin(qos, message.channel(), message.position(), retain, identifiers);
    }

    /** Sends a retained message to one subscription (MQTT 5 section 3.3.1.3). */
    void retained(SharedMessage shared, Subscriptions.Entry entry) {
        List<Integer> identifiers = entry.identifier() > 0 ? List.of(entry.identifier()) : List.of();
        write(shared, entry.options().qos(), true, identifiers, remembered(shared.message(), true, identifiers));
    }

    /** Sends a message of a shared subscription, which its group remembers and not the session; answers its packet identifier, or 0 where none is acknowledged. */
    int shared(SharedMessage shared, Subscriptions.Entry entry, int granted) {
        List<Integer> identifiers = entry.identifier() > 0 ? List.of(entry.identifier()) : List.of();
        boolean retain = entry.options().retainAsPublished() && shared.message().retain();
        return write(shared, granted, retain, identifiers, flow::begin);
    }

    /** Answers the packet identifier; 0 at QoS 0, and where the message is left out. */
    private int write(SharedMessage shared, int granted, boolean retain, List<Integer> identifiers, Begins begins) {
        RealtimeMessage message = shared.message();
        Instant now = clock.instant();
        if (message.expiry() != null && OutboundMessages.secondsLeft(message.expiry(), now) == 0) {
            return 0;
        }
        int qos = Math.min(granted, message.qos().level());
        Properties own = client.isFive() ? own(message, identifiers, now) : Properties.NONE;
        byte[] payload = message.data().bytes();
        // The identifier's value changes no length, so what is too large is found before one is taken.
        byte[] sized = fitting(new PacketWriter.Head(qos, retain, false, 1), shared, own);
        if (sized == null) {
            return 0;
        }
        int packetId = qos == 0 ? 0 : begins.packetId(qos);
        byte[] head = qos == 0 ? sized : fitting(new PacketWriter.Head(qos, retain, false, packetId), shared, own);
        if (head == null) {
            throw new IllegalStateException("a packet identifier has changed the length of a packet");
        }
        send(qos, message.channel(), head, payload);
        return packetId;
    }

    /** Of QoS 2 nothing is sent that the session does not remember: it would come twice after a crash. */
    private void send(int qos, ChannelName topic, byte[] head, byte[] payload) {
        client.accepted(topic);
        Runnable write = () -> client.channel().write(head, payload);
        if (qos == 2) {
            gate.hold(write);
        } else {
            gate.pass(write);
        }
    }

    /** Sends a message again that was under way over an earlier connection; must be open. False where it cannot be sent. */
    boolean again(OutboundFlow.Unfinished unfinished, SharedMessage shared) {
        RealtimeMessage message = shared.message();
        OutboundFlow.Sent sent = unfinished.sent();
        Instant now = clock.instant();
        byte[] head = fitting(
                new PacketWriter.Head(sent.qos(), sent.retain(), true, unfinished.packetId()),
                shared,
                client.isFive() ? own(message, sent.identifiers(), now) : Properties.NONE);
        if (head == null || !flow.again(unfinished.packetId())) {
            return false;
        }
        client.accepted(message.channel());
        client.channel().write(head, message.data().bytes());
        return true;
    }

    /**
     * All of a PUBLISH but its payload. The trace, which the server adds to, is left out where it makes the packet too large.
     *
     * @return null where the packet is larger than the client takes all the same
     */
    private byte @Nullable [] fitting(PacketWriter.Head head, SharedMessage shared, Properties own) {
        RealtimeMessage message = shared.message();
        int payload = message.data().size();
        byte[] common = client.isFive() ? common(shared) : NOTHING;
        byte[] whole = client.publish(head, message.channel(), own, common, payload);
        if (client.takes((long) whole.length + payload)) {
            return whole;
        }
        if (!client.isFive() || message.trace() == null) {
            return null;
        }
        RealtimeMessage untraced = message.toBuilder().trace(null).build();
        byte[] rest = PacketWriter.shared(OutboundMessages.properties(untraced, client.format()));
        byte[] less = client.publish(head, message.channel(), own, rest, payload);
        return client.takes((long) less.length + payload) ? less : null;
    }

    private byte[] common(SharedMessage shared) {
        return shared.frame(
                client.format(),
                any -> PacketWriter.shared(OutboundMessages.properties(shared.message(), client.format())));
    }

    private static Properties own(RealtimeMessage message, List<Integer> identifiers, Instant now) {
        if (message.expiry() == null && identifiers.isEmpty()) {
            return Properties.NONE;
        }
        Properties.Builder own = Properties.builder();
        if (message.expiry() != null) {
            own.number(Property.MESSAGE_EXPIRY, OutboundMessages.secondsLeft(message.expiry(), now));
        }
        identifiers.forEach(own::subscription);
        return own.build();
    }

    /** An acknowledgement of the client came; returns whether the window opened by it. */
    boolean acknowledged(Packet.Acknowledgement packet) {
        boolean wasOpen = flow.isOpen();
        switch (packet.type()) {
            case PUBACK -> flow.acknowledged(packet.packetId());
            case PUBCOMP -> flow.completed(packet.packetId());
            default -> {
                Packet.Acknowledgement release = flow.received(packet.packetId(), packet.reasonCode());
                if (release != null) {
                    session.journal().whenSaved(() -> client.send(release));
                }
            }
        }
        return !wasOpen && flow.isOpen();
    }
}
