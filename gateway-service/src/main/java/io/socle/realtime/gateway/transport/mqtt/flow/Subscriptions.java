package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's subscriptions: one for each topic filter, with the options last asked for (MQTT 5 section 3.8.4). Not for use
 * by several threads.
 */
public final class Subscriptions {
    private final Map<String, Entry> exact = new HashMap<>();
    private final Map<String, Entry> wildcards = new LinkedHashMap<>();

    /**
     * A subscription as it stands.
     *
     * @param options as they were asked for last; their QoS is granted
     * @param identifier of the client's; 0 for none
     */
    public record Entry(ChannelFilter filter, Packet.Request options, int identifier) {}

    private Map<String, Entry> of(String filter) {
        return exact.containsKey(filter) ? exact : wildcards;
    }

    /** Adds one, or replaces the options of the one to the same filter. */
    public void put(Entry entry) {
        (entry.filter().isExact() ? exact : wildcards).put(entry.filter().value(), entry);
    }

    public @Nullable Entry get(String filter) {
        return of(filter).get(filter);
    }

    /** Removes one; returns whether it was there. */
    public boolean remove(String filter) {
        return of(filter).remove(filter) != null;
    }

    public int size() {
        return exact.size() + wildcards.size();
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
