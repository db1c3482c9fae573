package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The client's publishes of QoS 1 and 2 until they are done (MQTT 5 section 4.3). Each is acknowledged when it is decided,
 * and in the order in which they came (section 4.6), whatever the order of the decisions. Not for use by several threads.
 */
public final class InboundFlow {
    private final int receiveMaximum;
    private final boolean enforced;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> once = new ArrayDeque<>();
    private final ArrayDeque<Entry> exactly = new ArrayDeque<>();

    /** What a PUBLISH is. */
    public enum Arrival {
        /** To be decided. */
        NEW,
        /** It came before; its acknowledgement is yet to come. */
        REPEAT,
        /** It came before and PUBREC was sent, which is to be sent again. */
        RECEIVED,
        /** Its packet identifier belongs to another flow. */
        IN_USE,
        /** More are under way than the receive maximum allows. */
        TOO_MANY
    }

    private static final class Entry {
        final int qos;
        final int packetId;
        Decision decision = Decision.NONE;
        /** Whether PUBREC was sent. */
        boolean acknowledged;

        Entry(int qos, int packetId) {
            this.qos = qos;
            this.packetId = packetId;
        }
    }

    private record Decision(boolean made, int reasonCode) {
        static final Decision NONE = new Decision(false, 0);
    }

    /**
     * Makes it.
     *
     * @param receiveMaximum most flows under way, 1 to 65535
     * @param enforced whether the client knows of it, as from version 5 on
     */
    public InboundFlow(int receiveMaximum, boolean enforced) {
        this.receiveMaximum = receiveMaximum;
        this.enforced = enforced;
    }

    /** A PUBLISH of QoS 1 or 2 came. */
    public Arrival arrived(int qos, int packetId) {
        Entry known = entries.get(packetId);
        if (known != null) {
            return repeat(known, qos);
        }
        if (enforced && entries.size() >= receiveMaximum) {
            return Arrival.TOO_MANY;
        }
        Entry entry = new Entry(qos, packetId);
        entries.put(packetId, entry);
        queue(qos).add(entry);
        return Arrival.NEW;
    }

    private static Arrival repeat(Entry known, int qos) {
        if (known.qos != qos) {
            return Arrival.IN_USE;
        }
        return known.acknowledged ? Arrival.RECEIVED : Arrival.REPEAT;
    }

    private ArrayDeque<Entry> queue(int qos) {
        return qos == 1 ? once : exactly;
    }

    /**
     * A publish is decided; returns the acknowledgements that are due now, in order.
     *
     * @param reasonCode success, or why it was refused
     */
    public List<Packet.Acknowledgement> decided(int packetId, int reasonCode) {
        Entry entry = entries.get(packetId);
        if (entry == null || entry.decision.made()) {
            return List.of();
        }
        entry.decision = new Decision(true, reasonCode);
        ArrayDeque<Entry> queue = queue(entry.qos);
        List<Packet.Acknowledgement> due = new ArrayList<>(1);
        while (!queue.isEmpty() && queue.peek().decision.made()) {
            due.add(acknowledge(queue.poll()));
        }
        return due;
    }

    private Packet.Acknowledgement acknowledge(Entry entry) {
        int code = entry.decision.reasonCode();
        entry.acknowledged = true;
        if (entry.qos == 1 || ReasonCode.isFailure(code)) {
            entries.remove(entry.packetId);
        }
        PacketType type = entry.qos == 1 ? PacketType.PUBACK : PacketType.PUBREC;
        return new Packet.Acknowledgement(type, entry.packetId, code);
    }

    /** PUBREL came; returns the PUBCOMP (section 4.3.3). One whose PUBREC is still queued is not known to the client. */
    public Packet.Acknowledgement released(int packetId) {
        Entry entry = entries.get(packetId);
        boolean known = entry != null && entry.qos == 2 && entry.acknowledged;
        if (known) {
            entries.remove(packetId);
        }
        return new Packet.Acknowledgement(
                PacketType.PUBCOMP, packetId, known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    /** How many flows are under way. */
    public int size() {
        return entries.size();
    }
}
