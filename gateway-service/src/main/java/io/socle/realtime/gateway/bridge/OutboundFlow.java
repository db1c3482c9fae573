package io.socle.realtime.gateway.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to the other broker: a window of messages in the order of the log, sent again after each loss of the
 * connection until they are acknowledged, and per filter the cursor up to which nothing is owed any more. Nothing beyond
 * the window is held here: the log is the queue. Not for use by several threads.
 */
final class OutboundFlow {
    private final int window;
    private final TreeMap<Long, Item> items = new TreeMap<>();
    private final Map<Integer, Long> byPacketId = new HashMap<>();
    /** Acknowledged before it was known under which identifier they went. */
    private final Set<Integer> early = new HashSet<>();

    private final Map<String, ArrayDeque<Item>> owed = new HashMap<>();
    private final Map<String, String> cursors = new LinkedHashMap<>();
    private final Set<String> changed = new HashSet<>();
    private long lastTicket;

    /**
     * A message to send.
     *
     * @param qos 0 or 1
     */
    record Sending(long ticket, String topic, byte[] data, int qos, boolean retain) {}

    private static final class Item {
        final @Nullable Sending sending;
        final long since;

        @Nullable
        String cursor;

        boolean sent;
        boolean done;

        Item(@Nullable Sending sending, long since, @Nullable String cursor) {
            this.sending = sending;
            this.since = since;
            this.cursor = cursor;
            this.done = sending == null;
        }
    }

    /**
     * Makes it.
     *
     * @param window most messages that are not acknowledged, 1 or more
     */
    OutboundFlow(int window) {
        this.window = window;
    }

    /** Where a filter begins, or goes on. */
    void begin(String filter, String cursor) {
        owed.remove(filter);
        moved(filter, cursor);
    }

    /** Whether one more message may come. */
    boolean isOpen() {
        return items.size() < window;
    }

    /**
     * A message that is to go out.
     *
     * @param cursor where the filter stands after it; null for one of an ephemeral channel
     * @param now in milliseconds
     */
    void add(String filter, @Nullable String cursor, String topic, byte[] data, int qos, boolean retain, long now) {
        lastTicket++;
        Item item = new Item(new Sending(lastTicket, topic, data, qos, retain), now, cursor);
        items.put(lastTicket, item);
        if (cursor != null) {
            owed.computeIfAbsent(filter, any -> new ArrayDeque<>()).add(item);
        }
    }

    /** The filter stands further on without a message that is to go out. */
    void passed(String filter, String cursor) {
        ArrayDeque<Item> queue = owed.get(filter);
        if (queue == null || queue.isEmpty()) {
            moved(filter, cursor);
        } else if (queue.getLast().done) {
            queue.getLast().cursor = cursor;
        } else {
            queue.add(new Item(null, 0, cursor));
        }
    }

    /** What is to be sent now over a connection, oldest first; each once for each connection. */
    List<Sending> toSend() {
        List<Sending> next = new ArrayList<>();
        for (Item item : items.values()) {
            if (!item.sent && item.sending != null) {
                item.sent = true;
                next.add(item.sending);
            }
        }
        return next;
    }

    /** It went to the socket; with QoS 0 that is all. */
    OptionalLong written(long ticket, int packetId) {
        Item item = items.get(ticket);
        if (item == null || item.sending == null) {
            return OptionalLong.empty();
        }
        if (item.sending.qos() == 0 || early.remove(packetId)) {
            return settle(ticket);
        }
        byPacketId.put(packetId, ticket);
        return OptionalLong.empty();
    }

    /** The other broker has it; the ticket of what is done now. */
    OptionalLong acknowledged(int packetId) {
        Long ticket = byPacketId.remove(packetId);
        if (ticket == null) {
            early.add(packetId);
            return OptionalLong.empty();
        }
        return settle(ticket);
    }

    private OptionalLong settle(long ticket) {
        Item item = items.remove(ticket);
        if (item == null) {
            return OptionalLong.empty();
        }
        item.done = true;
        owed.forEach(this::advance);
        return OptionalLong.of(ticket);
    }

    private void advance(String filter, ArrayDeque<Item> queue) {
        String cursor = null;
        while (!queue.isEmpty() && queue.getFirst().done) {
            cursor = queue.removeFirst().cursor;
        }
        if (cursor != null) {
            moved(filter, cursor);
        }
    }

    private void moved(String filter, String cursor) {
        if (!cursor.equals(cursors.put(filter, cursor))) {
            changed.add(filter);
        }
    }

    /** Nothing that was not acknowledged is known to have come. */
    void connectionLost() {
        byPacketId.clear();
        early.clear();
        items.values().forEach(item -> item.sent = false);
    }

    /** Whether nothing of what is here was sent. */
    boolean isIdle() {
        return items.values().stream().noneMatch(item -> item.sent);
    }

    /** How many are not acknowledged. */
    int size() {
        return items.size();
    }

    /** Since when the oldest message waits for its acknowledgement; 0 where none does. */
    long oldest() {
        return items.isEmpty() ? 0 : items.firstEntry().getValue().since;
    }

    @Nullable
    String cursor(String filter) {
        return cursors.get(filter);
    }

    /** The cursors that have moved since this was asked before, by filter. */
    Map<String, String> takeChanged() {
        Map<String, String> moved = new LinkedHashMap<>();
        changed.forEach(filter -> moved.put(filter, String.valueOf(cursors.get(filter))));
        changed.clear();
        return moved;
    }

    /** What was asked for was not saved. */
    void notSaved(Map<String, String> asked) {
        changed.addAll(asked.keySet());
    }
}
