package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has come from the other broker and is not published yet. Each channel has at most one message under way, so that
 * its order stays whatever is refused and tried again; what waits is bounded, and beyond the bound nothing is taken from
 * this connection any more: the other broker still has it. A message is acknowledged when its publish is decided. Not for
 * use by several threads.
 */
final class InboundFlow {
    /** Most messages that wait or are under way. MQTT 3.1.1 has no word for how many may come. */
    static final int MESSAGES = 10_000;
    /** Most bytes of them. */
    static final long BYTES = 16 << 20;

    private final int inFlight;
    private final Supplier<String> ids;
    private final Doors doors;
    private final Map<ChannelName, ArrayDeque<Arrival>> queues = new HashMap<>();
    /** Channels with messages of which none is under way. */
    private final ArrayDeque<ChannelName> ready = new ArrayDeque<>();
    /** Messages that are not acknowledged, by the packet identifier that the other broker gave them. */
    private final Map<Integer, Arrival> unsettled = new HashMap<>();

    private long connection;
    private int underWay;
    private int messages;
    private long bytes;
    private boolean full;

    /** What the flow asks for. */
    interface Doors {
        /** Publish it, and tell {@link #published} or try again. */
        void publish(Arrival arrival);

        /** No more can be held: the connection is to end, and another to begin when there is room. */
        void full();
    }

    /**
     * A PUBLISH as it came.
     *
     * @param packetId 0 at QoS 0
     * @param acknowledge sends PUBACK; false where the connection was gone
     */
    record Received(
            ChannelName channel, Payload data, boolean retain, int qos, int packetId, Supplier<Boolean> acknowledge) {}

    /** A message on its way to its channel. */
    static final class Arrival {
        private final String id;
        private Received received;
        private long connection;
        private boolean published;

        private Arrival(String id, Received received, long connection) {
            this.id = id;
            this.received = received;
            this.connection = connection;
        }

        /** The message's id: the same however often it is tried, so that it is published once (clause PUB-4). */
        String id() {
            return id;
        }

        Received received() {
            return received;
        }
    }

    /**
     * Makes it.
     *
     * @param inFlight most publishes under way, 1 or more
     * @param ids gives ids that no other message has
     */
    InboundFlow(int inFlight, Supplier<String> ids, Doors doors) {
        this.inFlight = inFlight;
        this.ids = ids;
        this.doors = doors;
    }

    /** A message came; false where it is left out for want of room, which at QoS 0 is its end. */
    boolean received(Received received) {
        if (full) {
            return false;
        }
        if (received.qos() > 0 && isKnown(received)) {
            return true;
        }
        if (messages >= MESSAGES || bytes + received.data().size() > BYTES) {
            if (received.qos() > 0) {
                full = true;
                doors.full();
            }
            return false;
        }
        Arrival arrival = new Arrival(ids.get(), received, connection);
        if (received.qos() > 0) {
            unsettled.put(received.packetId(), arrival);
        }
        enqueue(arrival);
        proceed();
        return true;
    }

    /**
     * Whether it is one that came over an earlier connection and was not acknowledged (MQTT 3.1.1 section 4.4): such a one keeps its
     * packet identifier. One that was acknowledged may come again as a new one, as section 4.3.2 asks.
     */
    private boolean isKnown(Received again) {
        Arrival arrival = unsettled.get(again.packetId());
        if (arrival == null || arrival.connection == connection) {
            return false;
        }
        Received before = arrival.received;
        boolean same = before.channel().equals(again.channel()) && before.data().equals(again.data());
        if (same) {
            arrival.received = again;
            arrival.connection = connection;
            acknowledgeIfPublished(arrival);
        }
        return same;
    }

    private void enqueue(Arrival arrival) {
        ChannelName channel = arrival.received.channel();
        ArrayDeque<Arrival> queue = queues.computeIfAbsent(channel, any -> new ArrayDeque<>());
        if (queue.isEmpty()) {
            ready.add(channel);
        }
        queue.add(arrival);
        messages++;
        bytes += arrival.received.data().size();
    }

    private void proceed() {
        while (underWay < inFlight && !ready.isEmpty()) {
            Arrival next = Objects.requireNonNull(queues.get(ready.remove())).getFirst();
            underWay++;
            doors.publish(next);
        }
    }

    /** The publish is decided for good: the log has it, or never will. */
    void published(Arrival arrival) {
        ChannelName channel = arrival.received.channel();
        ArrayDeque<Arrival> queue = Objects.requireNonNull(queues.get(channel));
        if (queue.getFirst() != arrival) {
            throw new IllegalStateException("not the one under way");
        }
        queue.remove();
        underWay--;
        messages--;
        bytes -= arrival.received.data().size();
        if (queue.isEmpty()) {
            queues.remove(channel);
        } else {
            ready.add(channel);
        }
        arrival.published = true;
        acknowledgeIfPublished(arrival);
        proceed();
    }

    private void acknowledgeIfPublished(Arrival arrival) {
        Received received = arrival.received;
        if (arrival.published
                && received.qos() > 0
                && arrival.connection == connection
                && received.acknowledge().get()) {
            unsettled.remove(received.packetId(), arrival);
        }
    }

    /** What was not acknowledged comes again over the next one, if the other broker has kept the session. */
    void connectionLost() {
        connection++;
    }

    /** The other broker has kept nothing: packet identifiers of before mean nothing any more. */
    void sessionLost() {
        unsettled.values().removeIf(arrival -> arrival.connection < connection);
    }

    /** Whether a connection was given up for want of room, and there is room again; asked until it is so. */
    boolean takesAgain() {
        boolean again = full && messages <= MESSAGES / 2 && bytes <= BYTES / 2;
        full = full && !again;
        return again;
    }

    boolean isFull() {
        return full;
    }

    /** How many wait or are under way. */
    int size() {
        return messages;
    }

    /** The packet identifiers whose message is not acknowledged. */
    int unacknowledged() {
        return unsettled.size();
    }

    /** Null where nothing is known of it. */
    @Nullable
    Arrival unsettled(int packetId) {
        return unsettled.get(packetId);
    }
}
