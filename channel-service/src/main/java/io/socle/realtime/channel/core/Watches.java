package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which gateway nodes send the messages of which ephemeral channels to others, and so have to know who wants them
 * (clauses EPH). In memory for speed, and in a table so that it outlives the process.
 */
final class Watches {
    private final Tables tables;
    private final Bounds bounds;
    private final Interests interests;
    private final Map<String, BitSet> watchers = new HashMap<>();
    /** Sorted, so that a replay has the same effects in the same order. */
    private final Map<Integer, Set<String>> bySlot = new TreeMap<>();

    /** Reads the table. */
    Watches(Tables tables, Bounds bounds, Interests interests) {
        this.tables = tables;
        this.bounds = bounds;
        this.interests = interests;
        tables.watches().all((key, mark) -> {
            remember(key.slot(), key.filter());
            return true;
        });
    }

    private void remember(int slot, String channel) {
        bySlot.computeIfAbsent(slot, any -> new HashSet<>()).add(channel);
        watchers.computeIfAbsent(channel, any -> new BitSet()).set(slot);
    }

    /** A slot that was met watches a channel, and is told at once; answers false where its limit is reached. */
    boolean add(int slot, ChannelName channel, List<Effect> effects) {
        Set<String> watched = bySlot.getOrDefault(slot, Set.of());
        if (!watched.contains(channel.value())) {
            if (watched.size() >= bounds.channelsPerSlot()) {
                return false;
            }
            tables.watches().put(new Keys.Interest(slot, channel.value()), Tables.Mark.SET);
            remember(slot, channel.value());
        }
        tell(slot, channel, interested(channel), effects);
        return true;
    }

    void remove(int slot, ChannelName channel) {
        Set<String> watched = bySlot.get(slot);
        if (watched != null && watched.remove(channel.value())) {
            forget(slot, channel.value());
        }
    }

    private void forget(int slot, String channel) {
        tables.watches().delete(new Keys.Interest(slot, channel));
        BitSet watching = watchers.get(channel);
        if (watching != null) {
            watching.clear(slot);
            if (watching.isEmpty()) {
                watchers.remove(channel);
            }
        }
    }

    /** A life of a slot is over: it watches nothing, and what it wanted is void. */
    void slotEnded(int slot, List<Effect> effects) {
        Set<String> watched = bySlot.remove(slot);
        if (watched != null) {
            watched.forEach(channel -> forget(slot, channel));
        }
        anyChanged(effects);
    }

    /** Interest in one channel has changed: whoever watches it is told all of it. */
    void changed(ChannelName channel, List<Effect> effects) {
        BitSet watching = watchers.get(channel.value());
        if (watching != null) {
            List<NodeLife> nodes = interested(channel);
            watching.stream().forEach(slot -> tell(slot, channel, nodes, effects));
        }
    }

    /** Interest in many channels may have changed: whoever watches any has to ask, for telling each would be too much. */
    void anyChanged(List<Effect> effects) {
        bySlot.forEach((slot, watched) -> {
            if (!watched.isEmpty()) {
                effects.add(new Effect.InterestChanged(slot, interests.incarnation(slot)));
            }
        });
    }

    private void tell(int slot, ChannelName channel, List<NodeLife> nodes, List<Effect> effects) {
        effects.add(new Effect.Interested(slot, interests.incarnation(slot), channel, nodes));
    }

    private List<NodeLife> interested(ChannelName channel) {
        List<NodeLife> nodes = new ArrayList<>();
        interests.wanting(channel).stream().forEach(slot -> nodes.add(new NodeLife(slot, interests.incarnation(slot))));
        return nodes;
    }
}
