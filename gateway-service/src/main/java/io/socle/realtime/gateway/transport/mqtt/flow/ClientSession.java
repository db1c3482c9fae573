package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.LinkedHashSet;

/**
 * The state of a session (MQTT 5 section 4.1): all that a client finds again where its session outlives the connection. In
 * this release none does, so it is made anew by each CONNECT and ends with the connection. Not for use by several threads.
 */
public final class ClientSession {
    private static final int OVERLAPS = 1_024;
    /** Messages with an id of the client's own that are remembered for No Local. */
    private static final int GIVEN_IDS = 256;

    private final String id;
    private final InboundFlow inbound;
    private final OutboundFlow outbound;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Overlaps overlaps = new Overlaps(OVERLAPS);
    private final LinkedHashSet<String> given = new LinkedHashSet<>();
    private long lastMessage;

    /**
     * Begins.
     *
     * @param id unique among all sessions there ever were
     */
    public ClientSession(String id, InboundFlow inbound, OutboundFlow outbound) {
        this.id = id;
        this.inbound = inbound;
        this.outbound = outbound;
    }

    public InboundFlow inbound() {
        return inbound;
    }

    public OutboundFlow outbound() {
        return outbound;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public Overlaps overlaps() {
        return overlaps;
    }

    /**
     * The id of the message that the client publishes next. It is given once for each packet identifier under way, so a
     * packet that comes again is the same message.
     */
    public String nextMessageId() {
        lastMessage++;
        return id + '-' + Long.toString(lastMessage, Character.MAX_RADIX);
    }

    /** The client publishes a message under an id of its own. */
    public void publishing(String messageId) {
        given.add(messageId);
        if (given.size() > GIVEN_IDS) {
            given.removeFirst();
        }
    }

    /** Whether the client of this session published a message, which No Local asks for. */
    public boolean published(RealtimeMessage message) {
        String messageId = message.id();
        boolean ours =
                messageId.length() > id.length() && messageId.charAt(id.length()) == '-' && messageId.startsWith(id);
        return ours || given.contains(messageId);
    }
}
