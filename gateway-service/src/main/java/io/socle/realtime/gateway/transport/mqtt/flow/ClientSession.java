package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The state of a session (MQTT 5 section 4.1): all that a client finds again where its session outlives the connection.
 * Owners keep it between connections, as entries that the journal has them save. Not for use by several threads.
 */
public final class ClientSession {
    private static final int OVERLAPS = 1_024;
    /** Messages with an id of the client's own that are remembered for No Local. */
    private static final int GIVEN_IDS = 256;
    /** Bytes of a session beyond which nothing more of QoS 1 and 2 is sent to the client. */
    private static final int OUTBOUND_BYTES = 224 * 1024;
    /** Bytes of a session beyond which no publish of QoS 2 is taken. */
    private static final int INBOUND_BYTES = 240 * 1024;

    private final String id;
    private final String messageIds;
    private final Journal journal;
    private final InboundFlow inbound;
    private final OutboundFlow outbound;
    private final Subscriptions subscriptions;
    private final Overlaps overlaps = new Overlaps(OVERLAPS);
    private final LinkedHashSet<String> given = new LinkedHashSet<>();
    private long lastMessage;

    /**
     * What the connection and its client agree on.
     *
     * @param receiveMaximum most publishes of the client under way
     * @param enforced whether the client knows of it, as from version 5 on
     * @param window most messages under way to the client
     * @param outlives whether the session outlives the connection
     */
    public record Terms(int receiveMaximum, boolean enforced, int window, boolean outlives) {}

    /**
     * Begins, or goes on.
     *
     * @param freshId unique among all sessions there ever were, where it begins
     * @param generation of the attachment; no two of a session have the same
     * @param saved what the session remembers
     */
    public ClientSession(String freshId, long generation, Terms terms, List<SessionEntry> saved) {
        this.journal = terms.outlives() ? Journal.of(saved) : Journal.none();
        this.inbound = new InboundFlow(terms.receiveMaximum(), terms.enforced(), journal);
        this.outbound = new OutboundFlow(terms.window(), journal);
        this.subscriptions = new Subscriptions(journal);
        this.id = restore(saved, freshId);
        this.messageIds = id + '-' + Long.toString(generation, Character.MAX_RADIX) + '-';
        if (id.equals(freshId)) {
            journal.put(String.valueOf(Entries.ID), Payload.utf8(id));
        }
    }

    /** Answers the session's id. */
    private String restore(List<SessionEntry> saved, String freshId) {
        String known = freshId;
        for (SessionEntry entry : saved) {
            Payload value = entry.value();
            if (value == null) {
                continue;
            }
            String name = entry.key().substring(1);
            switch (entry.key().charAt(0)) {
                case Entries.ID -> known = value.utf8();
                case Entries.SUBSCRIPTION -> subscriptions.restore(name, value);
                case Entries.SHARED -> subscriptions.restoreShared(name, value);
                case Entries.OUTBOUND -> outbound.restore(Integer.parseInt(name), value);
                case Entries.INBOUND -> inbound.restore(Integer.parseInt(name), value);
                default -> throw new IllegalArgumentException("an entry that this version lacks");
            }
        }
        return known;
    }

    public Journal journal() {
        return journal;
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

    /** Whether the session has room to remember one more message on its way to the client. */
    public boolean sends() {
        return journal.bytes() < OUTBOUND_BYTES;
    }

    /** Whether the session has room to remember one more publish of QoS 2. */
    public boolean receives() {
        return journal.bytes() < INBOUND_BYTES;
    }

    /**
     * The id of the message that the client publishes next. It is given once for each packet identifier under way, so a
     * packet that comes again is the same message.
     */
    public String nextMessageId() {
        lastMessage++;
        return messageIds + Long.toString(lastMessage, Character.MAX_RADIX);
    }

    /** The client publishes a message under an id of its own. */
    public void publishing(String messageId) {
        given.add(messageId);
        if (given.size() > GIVEN_IDS) {
            given.removeFirst();
        }
    }

    /** Whether the client of this session published a message, over whatever connection, which No Local asks for. */
    public boolean published(RealtimeMessage message) {
        String messageId = message.id();
        boolean ours =
                messageId.length() > id.length() && messageId.charAt(id.length()) == '-' && messageId.startsWith(id);
        return ours || given.contains(messageId);
    }
}
