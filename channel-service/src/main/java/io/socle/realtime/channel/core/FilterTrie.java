package io.socle.realtime.channel.core;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters with wildcards by segment, with the gateway slots that want each. */
final class FilterTrie {
    private final Node root = new Node();

    private static final class Node {
        final Map<String, Node> children = new HashMap<>(4);
        final BitSet slots = new BitSet();

        boolean isUseless() {
            return children.isEmpty() && slots.isEmpty();
        }
    }

    boolean isEmpty() {
        return root.isUseless();
    }

    void add(List<String> filter, int slot) {
        Node node = root;
        for (String segment : filter) {
            node = node.children.computeIfAbsent(segment, key -> new Node());
        }
        node.slots.set(slot);
    }

    void remove(List<String> filter, int slot) {
        remove(root, filter, 0, slot);
    }

    private static void remove(Node node, List<String> filter, int depth, int slot) {
        if (depth == filter.size()) {
            node.slots.clear(slot);
            return;
        }
        Node child = node.children.get(filter.get(depth));
        if (child != null) {
            remove(child, filter, depth + 1, slot);
            if (child.isUseless()) {
                node.children.remove(filter.get(depth));
            }
        }
    }

    /** Adds the slots of every filter that selects the channel. */
    void collect(List<String> channel, BitSet into) {
        boolean system = channel.getFirst().startsWith("$");
        collect(root, channel, 0, system, into);
    }

    /** Wildcards at the first segment do not select names that begin with a dollar sign (MQTT 5 section 4.7.2). */
    private static void collect(Node node, List<String> channel, int depth, boolean system, BitSet into) {
        boolean wildcards = depth > 0 || !system;
        @Nullable Node any = wildcards ? node.children.get("#") : null;
        if (any != null) {
            into.or(any.slots);
        }
        if (depth == channel.size()) {
            into.or(node.slots);
            return;
        }
        descend(node.children.get(channel.get(depth)), channel, depth, system, into);
        if (wildcards) {
            descend(node.children.get("+"), channel, depth, system, into);
        }
    }

    private static void descend(@Nullable Node child, List<String> channel, int depth, boolean system, BitSet into) {
        if (child != null) {
            collect(child, channel, depth + 1, system, into);
        }
    }
}
