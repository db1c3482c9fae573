package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's subscriptions: one for each topic filter, with the options last asked for (MQTT 5 section 3.8.4), and how far
 * each has come. Not for use by several threads.
 */
public final class Subscriptions {
    /** Most bytes of a session that subscriptions count; the rest is for what is under way. */
    public static final int BYTES = 128 * 1024;

    /** About what a cursor takes that is not known yet. */
    private static final Payload TYPICAL = Payload.of(new byte[128]);

    private final Journal journal;
    private final Map<String, Entry> exact = new HashMap<>();
    private final Map<String, Entry> wildcards = new LinkedHashMap<>();
    /** Shared ones by their whole filters; their groups know how far they have come. */
    private final Map<String, Entry> shared = new LinkedHashMap<>();
    /** How far: a position or the cursor of a filter. */
    private final Map<String, Object> cursors = new HashMap<>();

    private int bytes;

    /**
     * A subscription as it stands.
     *
     * @param options as they were asked for last; their QoS is granted
     * @param identifier of the client's; 0 for none
     */
    public record Entry(ChannelFilter filter, Packet.Request options, int identifier) {
        int bytes() {
            return SessionEntry.bytes(options.filter(), TYPICAL);
        }
    }

    /**
     * One as it was saved.
     *
     * @param cursor up to which everything was sent or is under way; empty where there is none
     */
    public record Standing(Entry entry, String cursor) {}

    public Subscriptions() {
        this(Journal.none());
    }

    Subscriptions(Journal journal) {
        this.journal = journal;
    }

    /** Finds again what an earlier connection left. */
    void restore(String filter, Payload value) {
        Standing standing = Entries.subscription(filter, value);
        place(standing.entry());
        if (!standing.cursor().isEmpty()) {
            cursors.put(filter, standing.cursor());
        }
    }

    void restoreShared(String filter, Payload value) {
        placeShared(Entries.shared(filter, value));
    }

    /** Adds a shared one, or replaces its options. */
    public void putShared(Entry entry) {
        placeShared(entry);
        journal.put(sharedKey(entry.options().filter()), Entries.subscription(entry, ""));
    }

    private void placeShared(Entry entry) {
        bytes += shared.put(entry.options().filter(), entry) == null ? entry.bytes() : 0;
    }

    /** Removes a shared one, if it is there. */
    public void removeShared(String filter) {
        Entry gone = shared.remove(filter);
        if (gone != null) {
            bytes -= gone.bytes();
            journal.remove(sharedKey(filter));
        }
    }

    /** All shared ones. */
    public List<Entry> shared() {
        return List.copyOf(shared.values());
    }

    private static String sharedKey(String filter) {
        return Entries.SHARED + filter;
    }

    private Map<String, Entry> of(String filter) {
        return exact.containsKey(filter) ? exact : wildcards;
    }

    /** Whether the session has room to remember one more. */
    public boolean hasRoomFor(Entry entry) {
        return !journal.keeps() || bytes + entry.bytes() <= BYTES;
    }

    /** Adds one, or replaces the options of the one to the same filter. */
    public void put(Entry entry) {
        place(entry);
        save(entry.filter().value(), true);
    }

    private void place(Entry entry) {
        String filter = entry.filter().value();
        Map<String, Entry> kind = entry.filter().isExact() ? exact : wildcards;
        bytes += kind.put(filter, entry) == null ? entry.bytes() : 0;
    }

    public @Nullable Entry get(String filter) {
        return of(filter).get(filter);
    }

    /** Removes one; returns whether it was there. */
    public boolean remove(String filter) {
        Entry gone = of(filter).remove(filter);
        if (gone == null) {
            return false;
        }
        bytes -= gone.bytes();
        cursors.remove(filter);
        journal.remove(key(filter));
        return true;
    }

    public int size() {
        return exact.size() + wildcards.size();
    }

    /** All of them. */
    public List<Entry> all() {
        List<Entry> all = new ArrayList<>(exact.values());
        all.addAll(wildcards.values());
        return all;
    }

    /** Up to where everything was sent or is under way; null where there is no such place. */
    public @Nullable String cursor(String filter) {
        Object cursor = cursors.get(filter);
        return cursor == null ? null : cursor.toString();
    }

    /**
     * A subscription has brought a message, or begins.
     *
     * @param cursor a position, or the cursor of a filter
     */
    public void reached(String filter, Object cursor) {
        if (journal.keeps() && get(filter) != null) {
            cursors.put(filter, cursor);
            save(filter, true);
        }
    }

    /** A subscription has come further without a message. */
    public void drifted(String filter, String cursor) {
        if (journal.keeps() && get(filter) != null && !cursor.equals(cursor(filter))) {
            cursors.put(filter, cursor);
            save(filter, false);
        }
    }

    /** There is nothing behind the place where a subscription has come to. */
    public void begin(String filter, @Nullable String cursor) {
        cursors.remove(filter);
        if (cursor != null) {
            reached(filter, cursor);
        }
    }

    private void save(String filter, boolean worth) {
        if (worth) {
            journal.touch(key(filter), () -> value(filter));
        } else {
            journal.drift(key(filter), () -> value(filter));
        }
    }

    private Payload value(String filter) {
        Entry entry = get(filter);
        if (entry == null) {
            throw new IllegalStateException("a subscription that is gone is not saved");
        }
        String cursor = cursor(filter);
        return Entries.subscription(entry, cursor == null ? "" : cursor);
    }

    private static String key(String filter) {
        return Entries.SUBSCRIPTION + filter;
    }

    /**
     * The subscriptions that select a message of a channel.
     *
     * @param own whether the client published it itself, which No Local leaves out
     */
    public List<Entry> matching(ChannelName channel, boolean own) {
        List<Entry> matching = new ArrayList<>(2);
        Entry one = exact.get(channel.value());
        if (one != null && !(own && one.options().noLocal())) {
            matching.add(one);
        }
        for (Entry entry : wildcards.values()) {
            if (!(own && entry.options().noLocal()) && entry.filter().matches(channel)) {
                matching.add(entry);
            }
        }
        return matching;
    }
}
