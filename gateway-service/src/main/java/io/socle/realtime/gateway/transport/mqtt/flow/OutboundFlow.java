package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 1 and 2 on their way to the client, at most as many as its receive maximum (MQTT 5 section 4.9). Gives
 * packet identifiers. What is under way is remembered with the session. An acknowledgement of another kind than the message's
 * throws PacketException: the two sides no longer agree on what is under way, and would not again. Not for use by several threads.
 */
public final class OutboundFlow {
    private static final int HIGHEST_ID = 0xffff;

    private final int window;
    private final Journal journal;
    private final Map<Integer, InFlight> inFlight = new HashMap<>();
    /** The window is of the connection: what was sent over an earlier one takes its place when it is sent again. */
    private int quota;

    private int lastId;
    private long lastOrder;

    private enum Awaited {
        PUBACK,
        PUBREC,
        PUBCOMP
    }

    /**
     * A message that was sent, by its place in history.
     *
     * @param order in which they were sent: a later one has a higher number
     */
    public record Sent(
            long order, ChannelName channel, Position position, int qos, boolean retain, List<Integer> identifiers) {
        public Sent {
            identifiers = List.copyOf(identifiers);
        }
    }

    /**
     * A message of an earlier connection that is not done.
     *
     * @param received whether PUBREC came, so that PUBREL is sent again and not the message
     */
    public record Unfinished(int packetId, boolean received, Sent sent) {}

    /**
     * A message under way.
     *
     * @param sent null where the session remembers nothing
     * @param counted whether it has a place in the window
     */
    private record InFlight(Awaited awaited, @Nullable Sent sent, boolean counted) {}

    /**
     * Makes it, for a session that remembers nothing.
     *
     * @param window most messages in flight, 1 to 65535
     */
    public OutboundFlow(int window) {
        this(window, Journal.none());
    }

    OutboundFlow(int window, Journal journal) {
        this.window = window;
        this.quota = window;
        this.journal = journal;
    }

    /** Finds again what an earlier connection left. */
    void restore(int packetId, Payload value) {
        Entries.Outbound entry = Entries.outbound(value);
        inFlight.put(packetId, new InFlight(Awaited.values()[entry.awaited()], entry.sent(), false));
        if (entry.sent().order() > lastOrder) {
            lastOrder = entry.sent().order();
            lastId = packetId;
        }
    }

    /** What an earlier connection left, in the order in which it was sent. */
    public List<Unfinished> unfinished() {
        record Found(int packetId, InFlight of, Sent sent) {}
        return inFlight.entrySet().stream()
                .<Found>mapMulti((entry, next) -> {
                    Sent sent = entry.getValue().sent();
                    if (sent != null && !entry.getValue().counted()) {
                        next.accept(new Found(entry.getKey(), entry.getValue(), sent));
                    }
                })
                .sorted(Comparator.comparing(found -> found.sent().order()))
                .map(found -> new Unfinished(found.packetId(), found.of().awaited() == Awaited.PUBCOMP, found.sent()))
                .toList();
    }

    /** A message of an earlier connection is sent again; must be open. Answers whether it is still wanted. */
    public boolean again(int packetId) {
        InFlight known = inFlight.get(packetId);
        if (known == null || known.awaited() == Awaited.PUBCOMP || known.counted()) {
            return false;
        }
        quota--;
        inFlight.put(packetId, new InFlight(known.awaited(), known.sent(), true));
        return true;
    }

    /**
     * The content of a message of an earlier connection is no longer there. Returns a PUBREL where the client may still hold
     * the packet identifier of QoS 2 for it, and so would take another message under it for this one.
     */
    public Packet.@Nullable Acknowledgement vanished(int packetId) {
        InFlight known = inFlight.get(packetId);
        if (known == null || known.awaited() == Awaited.PUBACK) {
            forget(packetId);
            return null;
        }
        await(packetId, Awaited.PUBCOMP, known);
        return new Packet.Acknowledgement(PacketType.PUBREL, packetId, ReasonCode.SUCCESS);
    }

    /** Most messages in flight. */
    public int window() {
        return window;
    }

    /** Whether one more message may be sent. */
    public boolean isOpen() {
        // A flow whose PUBREC was a failure frees its place and its identifier at once, so identifiers last.
        return quota > 0 && inFlight.size() < HIGHEST_ID;
    }

    public int inFlight() {
        return inFlight.size();
    }

    /** Takes a packet identifier for a message of QoS 1 or 2 that nobody remembers; must be open. */
    public int begin(int qos) {
        return begin(qos, null);
    }

    /** Takes a packet identifier for a message of QoS 1 or 2; must be open. */
    public int begin(
            int qos, ChannelName channel, @Nullable Position position, boolean retain, List<Integer> identifiers) {
        lastOrder++;
        return begin(qos, position == null ? null : new Sent(lastOrder, channel, position, qos, retain, identifiers));
    }

    private int begin(int qos, @Nullable Sent sent) {
        if (!isOpen()) {
            throw new IllegalStateException("the window of " + window + " is full");
        }
        quota--;
        do {
            lastId = lastId == HIGHEST_ID ? 1 : lastId + 1;
        } while (inFlight.containsKey(lastId));
        await(lastId, qos == 1 ? Awaited.PUBACK : Awaited.PUBREC, new InFlight(Awaited.PUBACK, sent, true));
        return lastId;
    }

    private void await(int packetId, Awaited awaited, InFlight of) {
        inFlight.put(packetId, new InFlight(awaited, of.sent(), of.counted()));
        if (of.sent() != null) {
            journal.put(key(packetId), Entries.outbound(awaited.ordinal(), of.sent()));
        }
    }

    private void forget(int packetId) {
        InFlight gone = inFlight.remove(packetId);
        if (gone != null && gone.counted()) {
            quota++;
        }
        journal.remove(key(packetId));
    }

    private static String key(int packetId) {
        return Entries.OUTBOUND + Integer.toString(packetId);
    }

    private @Nullable Awaited awaited(int packetId) {
        InFlight known = inFlight.get(packetId);
        return known == null ? null : known.awaited();
    }

    /**
     * PUBACK came, whatever its code says: it is not sent again (section 4.3.2). One that nobody awaits changes nothing, for a
     * client may acknowledge twice what it got twice.
     */
    public void acknowledged(int packetId) {
        Awaited awaited = awaited(packetId);
        if (awaited == Awaited.PUBACK) {
            forget(packetId);
        } else if (awaited != null) {
            throw PacketException.violation("PUBACK for a message of QoS 2");
        }
    }

    /**
     * PUBREC came; returns the PUBREL, or null where a failure ended the flow (section 4.3.3). PUBREL is not to be sent before
     * the journal is saved, for the client then forgets the identifier.
     */
    public Packet.@Nullable Acknowledgement received(int packetId, int reasonCode) {
        InFlight known = inFlight.get(packetId);
        Awaited awaited = awaited(packetId);
        if (awaited == Awaited.PUBACK) {
            throw PacketException.violation("PUBREC for a message of QoS 1");
        }
        if (awaited == Awaited.PUBREC && ReasonCode.isFailure(reasonCode)) {
            forget(packetId);
            return null;
        }
        if (known != null && awaited == Awaited.PUBREC) {
            await(packetId, Awaited.PUBCOMP, known);
        }
        boolean expected = awaited == Awaited.PUBREC || awaited == Awaited.PUBCOMP;
        return new Packet.Acknowledgement(
                PacketType.PUBREL, packetId, expected ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    /** PUBCOMP came. */
    public void completed(int packetId) {
        Awaited awaited = awaited(packetId);
        if (awaited == Awaited.PUBCOMP) {
            forget(packetId);
        } else if (awaited != null) {
            throw PacketException.violation("PUBCOMP before PUBREC, or for a message of QoS 1");
        }
    }
}
