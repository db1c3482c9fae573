package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.gateway.transport.mqtt.flow.SimulatedGateway.Wire;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client that keeps its session as the standard says (MQTT 5 section 4.3), and never crashes. */
final class SimulatedClient {
    private static final int IDS = 6;

    /** Payloads in the order in which the application got them. */
    final List<String> received = new ArrayList<>();

    final List<String> done = new ArrayList<>();
    private final Set<Integer> holding = new HashSet<>();
    /** What was published and is not done, in order; without a payload where PUBREC came. */
    private final Map<Integer, Wire> sent = new LinkedHashMap<>();

    private int nextId = 1;
    private int published;

    boolean isIdle() {
        return sent.isEmpty();
    }

    /** Publishes, where an identifier is free. */
    void publish(SimulatedGateway gateway, int qos) {
        if (sent.size() < IDS) {
            while (sent.containsKey(nextId)) {
                nextId = nextId % IDS + 1;
            }
            published++;
            var wire = new Wire(PacketType.PUBLISH, nextId, qos, false, "q" + qos + "-" + published);
            nextId = nextId % IDS + 1;
            sent.put(wire.packetId(), wire);
            gateway.toServer.add(wire);
        }
    }

    /** Connected anew: what is not done is sent again. */
    void resume(SimulatedGateway gateway) {
        sent.forEach((id, wire) -> gateway.toServer.add(new Wire(wire.type(), id, wire.qos(), true, wire.payload())));
    }

    /** Takes the next packet of the server. */
    void receive(SimulatedGateway gateway) {
        Wire wire = gateway.toClient.poll();
        if (wire == null) {
            return;
        }
        int id = wire.packetId();
        switch (wire.type()) {
            case PUBLISH -> {
                if (wire.qos() == 1 || holding.add(id)) {
                    received.add(wire.qos() + ":" + wire.payload());
                }
                gateway.toServer.add(ack(wire.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC, id));
            }
            case PUBREL -> {
                holding.remove(id);
                gateway.toServer.add(ack(PacketType.PUBCOMP, id));
            }
            case PUBREC -> {
                Wire publish = sent.get(id);
                if (publish != null) {
                    Wire release = new Wire(PacketType.PUBREL, id, 2, false, publish.payload());
                    sent.put(id, release);
                    gateway.toServer.add(release);
                }
            }
            default -> {
                Wire publish = sent.get(id);
                boolean awaited = publish != null
                        && publish.type()
                                == (wire.type() == PacketType.PUBACK ? PacketType.PUBLISH : PacketType.PUBREL);
                if (publish != null && awaited) {
                    sent.remove(id);
                    done.add(publish.payload());
                }
            }
        }
    }

    private static Wire ack(PacketType type, int id) {
        return new Wire(type, id, 0, false, "");
    }
}
