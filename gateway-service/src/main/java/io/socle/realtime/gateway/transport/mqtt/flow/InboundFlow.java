package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client's publishes of QoS 1 and 2 until they are done (MQTT 5 section 4.3). Each is acknowledged when it is decided,
 * and in the order in which they came (section 4.6), whatever the order of the decisions. Not for use by several threads.
 */
public final class InboundFlow {
    private final int receiveMaximum;
    private final boolean enforced;
    private final Journal journal;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> once = new ArrayDeque<>();
    private final ArrayDeque<Entry> exactly = new ArrayDeque<>();
    /** Flows of an earlier connection that this one has not heard of: they do not count. */
    private int left;

    /** What a PUBLISH is. */
    public enum Arrival {
        /** To be decided. */
        NEW,
        /** It came over an earlier connection: to be decided again, under the message id that it had. */
        AGAIN,
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
        /** Of QoS 2; null before it is known. */
        @Nullable
        String messageId;

        /** Whether it is of an earlier connection, and has not come again. */
        boolean restored;

        /** Whether PUBREC was sent. */
        boolean acknowledged;

        Entry(int qos, int packetId) {
            this.qos = qos;
            this.packetId = packetId;
        }
    }

    private record Decision(boolean made, int reasonCode) {
        static final Decision NONE = new Decision(false, 0);
        static final Decision SUCCESS = new Decision(true, ReasonCode.SUCCESS);
    }

    /**
     * Makes it.
     *
     * @param receiveMaximum most flows under way, 1 to 65535
     * @param enforced whether the client knows of it, as from version 5 on
     */
    public InboundFlow(int receiveMaximum, boolean enforced) {
        this(receiveMaximum, enforced, Journal.none());
    }

    InboundFlow(int receiveMaximum, boolean enforced, Journal journal) {
        this.receiveMaximum = receiveMaximum;
        this.enforced = enforced;
        this.journal = journal;
    }

    /** Finds again what an earlier connection left. */
    void restore(int packetId, Payload value) {
        Entries.Inbound known = Entries.inbound(value);
        Entry entry = new Entry(2, packetId);
        entry.messageId = known.messageId();
        entry.acknowledged = known.decided();
        entry.restored = true;
        entries.put(packetId, entry);
        left++;
    }

    /** A PUBLISH of QoS 1 or 2 came. */
    public Arrival arrived(int qos, int packetId) {
        Entry known = entries.get(packetId);
        if (known != null) {
            return repeat(known, qos);
        }
        if (isFull()) {
            return Arrival.TOO_MANY;
        }
        Entry entry = new Entry(qos, packetId);
        entries.put(packetId, entry);
        queue(qos).add(entry);
        return Arrival.NEW;
    }

    /** Whether one more would be one too many. */
    public boolean isFull() {
        return enforced && entries.size() - left >= receiveMaximum;
    }

    /** Whether room comes by itself: all under way is of QoS 1, and waits for its PUBACK and not for the client. */
    public boolean makesRoom() {
        return !once.isEmpty() && once.size() == entries.size() - left;
    }

    private Arrival repeat(Entry known, int qos) {
        if (known.qos != qos) {
            return Arrival.IN_USE;
        }
        if (known.restored) {
            known.restored = false;
            left--;
            if (!known.acknowledged) {
                queue(qos).add(known);
                return Arrival.AGAIN;
            }
        }
        return known.acknowledged ? Arrival.RECEIVED : Arrival.REPEAT;
    }

    private ArrayDeque<Entry> queue(int qos) {
        return qos == 1 ? once : exactly;
    }

    /** The message id that a publish of QoS 2 of an earlier connection had. */
    public @Nullable String messageId(int packetId) {
        Entry entry = entries.get(packetId);
        return entry == null ? null : entry.messageId;
    }

    /** A publish of QoS 2 is to be decided under a message id; not before the journal is saved. */
    public void publishing(int packetId, String messageId) {
        Entry entry = entries.get(packetId);
        if (entry != null && entry.qos == 2) {
            entry.messageId = messageId;
            journal.put(key(packetId), Entries.inbound(messageId, false));
        }
    }

    private static String key(int packetId) {
        return Entries.INBOUND + Integer.toString(packetId);
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
        entry.decision = reasonCode == ReasonCode.SUCCESS ? Decision.SUCCESS : new Decision(true, reasonCode);
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
            journal.remove(key(entry.packetId));
        } else if (entry.messageId != null) {
            journal.put(key(entry.packetId), Entries.inbound(entry.messageId, true));
            // Nobody asks for it any more, and before version 5 a client may leave 65,535 flows without PUBREL.
            entry.messageId = null;
        }
        PacketType type = entry.qos == 1 ? PacketType.PUBACK : PacketType.PUBREC;
        return new Packet.Acknowledgement(type, entry.packetId, code);
    }

    /**
     * PUBREL came; returns the PUBCOMP (section 4.3.3), which is not to be sent before the journal is saved, for the client then
     * uses the identifier anew. One whose PUBREC is still queued is not known to the client.
     */
    public Packet.Acknowledgement released(int packetId) {
        Entry entry = entries.get(packetId);
        // A client that asks for the end of a flow of an earlier connection has had its PUBREC there.
        boolean known = entry != null && entry.qos == 2 && (entry.acknowledged || entry.restored);
        if (entry != null && known) {
            left -= entry.restored ? 1 : 0;
            entries.remove(packetId);
            journal.remove(key(packetId));
        }
        return new Packet.Acknowledgement(
                PacketType.PUBCOMP, packetId, known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    /** How many flows are under way. */
    public int size() {
        return entries.size();
    }
}
