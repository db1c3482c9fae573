package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of QoS 1 and 2 on their way to the client, at most as many as its receive maximum (MQTT 5 section 4.9). Gives
 * packet identifiers. Not for use by several threads.
 */
public final class OutboundFlow {
    private static final int HIGHEST_ID = 0xffff;

    private final int window;
    private final Map<Integer, Awaited> inFlight = new HashMap<>();
    private int quota;
    private int lastId;

    private enum Awaited {
        PUBACK,
        PUBREC,
        PUBCOMP
    }

    /**
     * Makes it.
     *
     * @param window most messages in flight, 1 to 65535
     */
    public OutboundFlow(int window) {
        this.window = window;
        this.quota = window;
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

    /** Takes a packet identifier for a message of QoS 1 or 2; must be open. */
    public int begin(int qos) {
        if (!isOpen()) {
            throw new IllegalStateException("the window of " + window + " is full");
        }
        quota--;
        do {
            lastId = lastId == HIGHEST_ID ? 1 : lastId + 1;
        } while (inFlight.containsKey(lastId));
        inFlight.put(lastId, qos == 1 ? Awaited.PUBACK : Awaited.PUBREC);
        return lastId;
    }

    /** PUBACK came, whatever its code says: it is not sent again (section 4.3.2). One that was not awaited changes nothing. */
    public void acknowledged(int packetId) {
        if (inFlight.remove(packetId, Awaited.PUBACK)) {
            quota++;
        }
    }

    /** PUBREC came; returns the PUBREL, or null where a failure ended the flow (section 4.3.3). */
    public Packet.@Nullable Acknowledgement received(int packetId, int reasonCode) {
        Awaited awaited = inFlight.get(packetId);
        if (awaited == Awaited.PUBREC && ReasonCode.isFailure(reasonCode)) {
            inFlight.remove(packetId);
            quota++;
            return null;
        }
        if (awaited == Awaited.PUBREC) {
            inFlight.put(packetId, Awaited.PUBCOMP);
        }
        boolean known = awaited == Awaited.PUBREC || awaited == Awaited.PUBCOMP;
        return new Packet.Acknowledgement(
                PacketType.PUBREL, packetId, known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    /** PUBCOMP came. */
    public void completed(int packetId) {
        if (inFlight.remove(packetId, Awaited.PUBCOMP)) {
            quota++;
        }
    }
}
