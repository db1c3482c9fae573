package io.socle.realtime.presence.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which gateway nodes are alive, as the log tells it: a state, changed by one event at a time.
 *
 * <p>Leases run in observed time: the log's own time, in which a silence of everybody counts for half a lease at most.
 * While the broker is away nobody can renew a lease, and that must not look like the death of all.
 *
 * @param lease how long a node lives after it last spoke, in milliseconds of observed time
 * @param lastRecord time of the newest record so far, milliseconds since 1970; log times never go back here
 * @param observed observed time, in milliseconds
 * @param bySlot the holders of slots
 */
public record NodeDirectory(long lease, long lastRecord, long observed, SortedMap<Integer, LiveNode> bySlot) {
    public NodeDirectory {
        if (lease < 1) {
            throw new IllegalArgumentException("a lease is at least 1 ms");
        }
        bySlot = Collections.unmodifiableSortedMap(new TreeMap<>(bySlot));
    }

    /** The directory after an event, and how it changed. */
    public record Step(NodeDirectory directory, List<NodeChange> changes) {
        public Step {
            changes = List.copyOf(changes);
        }
    }

    public static NodeDirectory empty(long leaseMillis) {
        return new NodeDirectory(leaseMillis, Long.MIN_VALUE, 0, new TreeMap<>());
    }

    /** Applies an event that was logged at this time, in milliseconds since 1970. */
    public Step apply(long time, NodeEvent event) {
        var changes = new ArrayList<NodeChange>();
        long now = observed + heard(time);
        var nodes = new TreeMap<>(bySlot);
        expire(nodes, now, changes);
        switch (event) {
            case NodeEvent.Claimed claimed -> claim(nodes, claimed, now, changes);
            case NodeEvent.Beat beat -> renew(nodes, beat, now, changes);
            case NodeEvent.Released released -> release(nodes, released, changes);
            case NodeEvent.Ticked() -> {
                // Only the time counts.
            }
        }
        return new Step(new NodeDirectory(lease, Math.max(time, lastRecord), now, nodes), changes);
    }

    private long heard(long time) {
        if (lastRecord == Long.MIN_VALUE || time <= lastRecord) {
            return 0;
        }
        return Math.min(time - lastRecord, lease / 2);
    }

    private void expire(TreeMap<Integer, LiveNode> nodes, long now, List<NodeChange> changes) {
        nodes.values().removeIf(node -> {
            boolean over = now - node.renewed() > lease;
            if (over) {
                changes.add(new NodeChange.Left(node, NodeChange.Cause.EXPIRED));
            }
            return over;
        });
    }

    private static void claim(
            TreeMap<Integer, LiveNode> nodes, NodeEvent.Claimed claimed, long now, List<NodeChange> changes) {
        var node = new LiveNode(claimed.slot(), claimed.incarnation(), claimed.node(), now);
        LiveNode before = nodes.put(claimed.slot(), node);
        if (before != null) {
            changes.add(new NodeChange.Left(before, NodeChange.Cause.REPLACED));
        }
        changes.add(new NodeChange.Joined(node));
    }

    private static void renew(
            TreeMap<Integer, LiveNode> nodes, NodeEvent.Beat beat, long now, List<NodeChange> changes) {
        LiveNode holder = nodes.get(beat.slot());
        if (holder != null && holder.incarnation() == beat.incarnation()) {
            nodes.put(beat.slot(), holder.renewedAt(now));
        } else {
            changes.add(new NodeChange.Refused(beat));
        }
    }

    private static void release(
            TreeMap<Integer, LiveNode> nodes, NodeEvent.Released released, List<NodeChange> changes) {
        LiveNode holder = nodes.get(released.slot());
        if (holder != null && holder.incarnation() == released.incarnation()) {
            nodes.remove(released.slot());
            changes.add(new NodeChange.Left(holder, NodeChange.Cause.RELEASED));
        } else {
            changes.add(new NodeChange.Refused(released));
        }
    }

    public Collection<LiveNode> nodes() {
        return bySlot.values();
    }
}
