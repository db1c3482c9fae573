package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.mqtt.flow.OutboundFlow.Unfinished;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One life of a session at a gateway, over a log that is a list and an owner that is a map. */
final class SimulatedGateway {
    static final ChannelName CHANNEL = new ChannelName("c");

    /** What outlives gateways. */
    static final class World {
        final Map<String, Payload> saved = new TreeMap<>();
        /** QoS of each message of the channel, by offset less one. */
        final List<Integer> log = new ArrayList<>();

        final Set<String> publishedIds = new LinkedHashSet<>();
        final List<String> published = new ArrayList<>();
        long generation;
    }

    /** A packet on the wire. */
    record Wire(PacketType type, int packetId, int qos, boolean duplicate, String payload) {}

    final ArrayDeque<Wire> toClient = new ArrayDeque<>();
    final ArrayDeque<Wire> toServer = new ArrayDeque<>();
    private final World world;
    private final ClientSession session;
    private final Gate outbound;
    private final Gate inbound;
    private final ArrayDeque<Unfinished> again = new ArrayDeque<>();
    private final ArrayDeque<Runnable> undecided = new ArrayDeque<>();
    private @Nullable List<SessionEntry> saving;

    SimulatedGateway(World world, int window) {
        this.world = world;
        world.generation++;
        List<SessionEntry> entries = new ArrayList<>();
        world.saved.forEach((key, value) -> entries.add(new SessionEntry(key, value)));
        session = new ClientSession(
                "s" + world.generation, world.generation, new ClientSession.Terms(8, true, window, true), entries);
        outbound = new Gate(session.journal());
        inbound = new Gate(session.journal());
        for (Unfinished one : session.outbound().unfinished()) {
            if (one.received()) {
                toClient.add(new Wire(PacketType.PUBREL, one.packetId(), 2, false, ""));
            } else {
                again.add(one);
            }
        }
        if (session.subscriptions().get("c") == null) {
            session.subscriptions()
                    .put(new Subscriptions.Entry(
                            new ChannelFilter("c"), new Packet.Request("c", 2, false, false, 0), 0));
            session.subscriptions().begin("c", new Position(1, 0).toString());
        }
    }

    boolean isIdle() {
        return toClient.isEmpty()
                && toServer.isEmpty()
                && again.isEmpty()
                && undecided.isEmpty()
                && saving == null
                && !session.journal().isStale()
                && session.outbound().inFlight() == 0
                && cursor() == world.log.size();
    }

    private long cursor() {
        String cursor = session.subscriptions().cursor("c");
        return cursor == null ? 0 : Position.parse(cursor).offset();
    }

    /** Sends the next thing that the client is owed, if the window is open. */
    void deliver() {
        if (!session.outbound().isOpen() || !session.sends()) {
            return;
        }
        Unfinished one = again.poll();
        if (one != null) {
            if (session.outbound().again(one.packetId())) {
                OutboundFlow.Sent sent = one.sent();
                String payload = Long.toString(sent.position().offset());
                toClient.add(new Wire(PacketType.PUBLISH, one.packetId(), sent.qos(), true, payload));
            }
        } else if (cursor() < world.log.size()) {
            Position position = new Position(1, cursor() + 1);
            send(position, world.log.get((int) cursor()));
            session.subscriptions().reached("c", position);
        }
    }

    private void send(Position position, int qos) {
        int packetId = session.outbound().begin(qos, CHANNEL, position, false, List.of());
        var wire = new Wire(PacketType.PUBLISH, packetId, qos, false, Long.toString(position.offset()));
        if (qos == 2) {
            outbound.hold(() -> toClient.add(wire));
        } else {
            outbound.pass(() -> toClient.add(wire));
        }
    }

    /** Takes the next packet of the client. */
    void receive() {
        Wire wire = toServer.poll();
        if (wire == null) {
            return;
        }
        switch (wire.type()) {
            case PUBLISH -> published(wire);
            case PUBREL -> {
                var complete = session.inbound().released(wire.packetId());
                session.journal().whenSaved(() -> acknowledge(complete));
            }
            case PUBACK -> session.outbound().acknowledged(wire.packetId());
            case PUBCOMP -> session.outbound().completed(wire.packetId());
            default -> {
                var release = session.outbound().received(wire.packetId(), 0);
                if (release != null) {
                    session.journal().whenSaved(() -> acknowledge(release));
                }
            }
        }
    }

    private void acknowledge(Packet.Acknowledgement ack) {
        toClient.add(new Wire(ack.type(), ack.packetId(), 0, false, ""));
    }

    private void published(Wire wire) {
        switch (session.inbound().arrived(wire.qos(), wire.packetId())) {
            case RECEIVED -> toClient.add(new Wire(PacketType.PUBREC, wire.packetId(), 0, false, ""));
            case NEW, AGAIN -> {
                String known = wire.qos() == 2 ? session.inbound().messageId(wire.packetId()) : null;
                String id = known == null ? session.nextMessageId() : known;
                if (wire.qos() == 2) {
                    session.inbound().publishing(wire.packetId(), id);
                    inbound.hold(() -> publish(wire, id));
                } else {
                    inbound.pass(() -> publish(wire, id));
                }
            }
            case REPEAT -> {}
            case IN_USE, TOO_MANY -> throw new AssertionError("the client keeps the rules");
        }
    }

    /** It is in the log at once, decided later, and known here later still. */
    private void publish(Wire wire, String id) {
        if (world.publishedIds.add(id)) {
            world.published.add(wire.payload());
        }
        undecided.add(() -> session.inbound().decided(wire.packetId(), 0).forEach(this::acknowledge));
    }

    void decide() {
        Runnable next = undecided.poll();
        if (next != null) {
            next.run();
        }
    }

    void beginSave() {
        if (saving == null && session.journal().isStale()) {
            saving = session.journal().begin();
        }
    }

    /** The save reaches the owner; the gateway may not live to hear of it. */
    void saved(boolean heard) {
        if (saving != null) {
            apply(saving);
            if (heard) {
                saving = null;
                session.journal().saved();
            }
        }
    }

    void handOver() {
        apply(session.journal().handOver());
    }

    private void apply(List<SessionEntry> changes) {
        for (SessionEntry change : changes) {
            Payload value = change.value();
            if (value == null) {
                world.saved.remove(change.key());
            } else {
                world.saved.put(change.key(), value);
            }
        }
    }
}
