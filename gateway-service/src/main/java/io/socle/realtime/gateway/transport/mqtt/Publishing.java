package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.transport.mqtt.flow.Gate;
import io.socle.realtime.gateway.transport.mqtt.flow.InboundFlow;
import io.socle.realtime.gateway.transport.mqtt.flow.TopicAliases;
import io.socle.realtime.gateway.transport.mqtt.mapping.InboundMessages;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client publishes: acknowledged after the owner's decision only (clause MQT-10). Confined to its event loop.
 */
final class Publishing {
    private final Client client;
    private final String clientId;
    private final LinkEvents events;
    private final Commands commands;
    private final TopicAliases aliases;
    private final InstantSource clock;
    private final Ending ending;
    private final int undecidedLimit;
    private final Map<Integer, Properties> refusals = new HashMap<>();
    private int undecided;
    private final Gate gate;
    private final Consumer<Runnable> behindSubscriptions;

    /**
     * Makes it.
     *
     * @param behindSubscriptions does something behind what the client has subscribed to before it
     */
    Publishing(
            Client client,
            String clientId,
            LinkEvents events,
            Commands commands,
            MqttSettings settings,
            InstantSource clock,
            Ending ending,
            Consumer<Runnable> behindSubscriptions) {
        this.client = client;
        this.clientId = clientId;
        this.ending = ending;
        this.behindSubscriptions = behindSubscriptions;
        this.events = events;
        this.commands = commands;
        this.clock = clock;
        this.gate = new Gate(client.session().journal());
        this.aliases = new TopicAliases(client.isFive() ? settings.topicAliases() : 0);
        // A client of version 5 ends its flows by itself at the receive maximum, so the rest is for QoS 0.
        this.undecidedLimit =
                client.isFive() ? Math.max(1, settings.undecided() - settings.receiveMaximum()) : settings.undecided();
    }

    /** Throws PacketException where the connection has to end. */
    void received(Packet.Publish packet) {
        int alias = (int) packet.properties().number(Property.TOPIC_ALIAS, 0);
        String topic = aliases.resolve(packet.topic(), alias);
        if (packet.qos() == 0 || isNew(packet)) {
            publish(packet, topic);
        }
        if (mustWait()) {
            client.channel().pause(PacketChannel.Reason.RECEIVE_MAXIMUM);
        }
    }

    /**
     * Whether the next publish would be one too many only because the server has not decided yet. Clients that do not count
     * exist, and to others a decision takes less long.
     */
    private boolean mustWait() {
        return client.session().inbound().isFull() && client.session().inbound().makesRoom();
    }

    private boolean isNew(Packet.Publish packet) {
        InboundFlow.Arrival arrival = client.session().inbound().arrived(packet.qos(), packet.packetId());
        switch (arrival) {
            case NEW, AGAIN, REPEAT -> {}
            case RECEIVED -> acknowledge(PacketType.PUBREC, packet.packetId(), ReasonCode.SUCCESS);
            case IN_USE ->
                acknowledge(
                        packet.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC,
                        packet.packetId(),
                        ReasonCode.PACKET_IDENTIFIER_IN_USE);
            case TOO_MANY ->
                throw new PacketException(
                        ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "more publishes under way than the receive maximum");
        }
        return arrival == InboundFlow.Arrival.NEW || arrival == InboundFlow.Arrival.AGAIN;
    }

    private void acknowledge(PacketType type, int packetId, int code) {
        client.send(new Packet.Acknowledgement(type, packetId, code));
    }

    private void publish(Packet.Publish packet, String topic) {
        Optional<ChannelName> channel = MqttPresence.channel(topic);
        if (channel.isPresent()) {
            presence(packet, channel.get());
            return;
        }
        var content = new InboundMessages.Content(
                topic, packet.qos(), packet.retain(), packet.properties(), packet.payload());
        String known = packet.qos() == 2 ? client.session().inbound().messageId(packet.packetId()) : null;
        String freshId = known == null ? client.session().nextMessageId() : known;
        MessageDraft draft;
        try {
            draft = InboundMessages.read(content, freshId, clock.instant());
        } catch (ProblemException e) {
            events.unreadable(null, e.problem());
            decided(packet, e.problem());
            return;
        }
        if (packet.qos() == 2 && !client.session().receives()) {
            decided(packet, Problem.of(FailureCode.SESSION_FULL));
            return;
        }
        if (draft.id() != null && !draft.id().equals(freshId)) {
            client.session().publishing(draft.id());
        }
        send(packet, draft);
    }

    /** To enter again changes nothing, so it needs no memory of what was sent before. */
    private void presence(Packet.Publish packet, ChannelName channel) {
        try {
            // Read before it counts as undecided: it may be refused here.
            MqttPresence.frame(0, channel, clientId, packet.payload().bytes());
        } catch (ProblemException e) {
            events.unreadable(null, e.problem());
            decided(packet, e.problem());
            return;
        }
        boolean counts = count(packet);
        gate.pass(() -> behindSubscriptions.accept(() -> events.received(MqttPresence.frame(
                expect(packet, counts), channel, clientId, packet.payload().bytes()))));
    }

    /** Whether it counts as undecided; where as many are as may be, no more is read for the time being. */
    private boolean count(Packet.Publish packet) {
        boolean counts = packet.qos() == 0 || !client.isFive();
        if (counts && ++undecided >= undecidedLimit) {
            client.channel().pause(PacketChannel.Reason.UNDECIDED_PUBLISHES);
        }
        return counts;
    }

    /** A number for a command whose outcome is the packet's. */
    private long expect(Packet.Publish packet, boolean counts) {
        return commands.expect(answer -> {
            decided(packet, Commands.problem(answer));
            if (counts && undecided-- >= undecidedLimit) {
                client.channel().resume(PacketChannel.Reason.UNDECIDED_PUBLISHES);
            }
        });
    }

    private void send(Packet.Publish packet, MessageDraft draft) {
        boolean counts = count(packet);
        Runnable publish = () -> behindSubscriptions.accept(
                () -> events.received(new ClientFrame.Publish(expect(packet, counts), draft, null)));
        String messageId = draft.id();
        if (packet.qos() == 2 && messageId != null) {
            // Whatever happens from here on, when it comes again it is published under the same id.
            client.session().inbound().publishing(packet.packetId(), messageId);
            gate.hold(publish);
        } else {
            gate.pass(publish);
        }
    }

    /** The owner has decided, or the message was refused before it; the next acknowledgements in order are sent. */
    private void decided(Packet.Publish packet, @Nullable Problem refusal) {
        if (packet.qos() == 0) {
            return;
        }
        Problem told = refusal == null || isForNobody(refusal) ? null : refusal;
        int code = told == null ? ReasonCode.SUCCESS : ReasonCodes.ofPublish(told.code());
        // That a topic is the system's, the code says by itself; a suite of Eclipse Paho takes no longer packet here.
        if (told != null && told.code() != FailureCode.RESERVED_CHANNEL) {
            refusals.put(packet.packetId(), client.reason(told.detail()));
        }
        for (Packet.Acknowledgement due : client.session().inbound().decided(packet.packetId(), code)) {
            Properties reason = refusals.remove(due.packetId());
            if (ReasonCode.isFailure(due.reasonCode()) && !client.isFive()) {
                // There is no word for a refusal, and an acknowledgement would be a lie (3.1.1 section 3.3.5).
                ending.end(due.reasonCode(), "a publish was refused");
                return;
            }
            client.send(
                    reason == null
                            ? due
                            : new Packet.Acknowledgement(due.type(), due.packetId(), due.reasonCode(), reason));
        }
        if (!mustWait()) {
            client.channel().resume(PacketChannel.Reason.RECEIVE_MAXIMUM);
        }
    }

    /**
     * Before version 5 there is no word for a refusal but to close (3.1.1 section 3.3.5). What is published to a system's
     * topic would reach nobody anyway, and devices that were made for another server would come back for ever.
     */
    private boolean isForNobody(Problem refusal) {
        return !client.isFive() && refusal.code() == FailureCode.RESERVED_CHANNEL;
    }

    /** PUBREL came. */
    void released(int packetId) {
        Packet.Acknowledgement complete = client.session().inbound().released(packetId);
        client.session().journal().whenSaved(() -> client.send(complete));
    }
}
