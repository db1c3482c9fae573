package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of all filters that match a channel, in time that grows with the channel's segments, not with the
 * number of filters.
 *
 * @param <T> what a filter stands for
 */
final class FilterIndex<T> {
    private final Node<T> root = new Node<>();

    private static final class Node<T> {
        final Map<String, Node<T>> children = new HashMap<>();

        @Nullable
        T value;

        boolean isVacant() {
            return value == null && children.isEmpty();
        }
    }

    void put(ChannelFilter filter, T value) {
        Node<T> node = root;
        for (String segment : filter.segments()) {
            node = node.children.computeIfAbsent(segment, any -> new Node<>());
        }
        node.value = value;
    }

    void remove(ChannelFilter filter) {
        List<String> segments = filter.segments();
        List<Node<T>> path = new ArrayList<>();
        Node<T> node = root;
        for (String segment : segments) {
            path.add(node);
            node = node.children.get(segment);
            if (node == null) {
                return;
            }
        }
        node.value = null;
        for (int i = segments.size() - 1; i >= 0 && node.isVacant(); i--) {
            node = path.get(i);
            node.children.remove(segments.get(i));
        }
    }

    boolean isEmpty() {
        return root.children.isEmpty();
    }

    void forEachMatch(ChannelName channel, Consumer<T> action) {
        if (!isEmpty()) {
            match(root, ChannelFilter.of(channel).segments(), 0, channel.isSystem(), action);
        }
    }

    private void match(Node<T> node, List<String> segments, int depth, boolean system, Consumer<T> action) {
        boolean wildcards = depth > 0 || !system;
        if (wildcards) {
            accept(node.children.get("#"), action);
        }
        if (depth == segments.size()) {
            accept(node, action);
            return;
        }
        descend(node.children.get(segments.get(depth)), segments, depth, system, action);
        if (wildcards) {
            descend(node.children.get("+"), segments, depth, system, action);
        }
    }

    private void descend(
            @Nullable Node<T> child, List<String> segments, int depth, boolean system, Consumer<T> action) {
        if (child != null) {
            match(child, segments, depth + 1, system, action);
        }
    }

    private void accept(@Nullable Node<T> node, Consumer<T> action) {
        if (node != null && node.value != null) {
            action.accept(node.value);
        }
    }
}
