package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The nodes that watch ephemeral channels, as they see it: what they know from what they were told is always what is so. */
final class NaiveWatchers {
    private final NaiveOwner model;
    private final Map<Integer, Watcher> watchers = new TreeMap<>();

    /** One life of a node. */
    private static final class Watcher {
        final long incarnation;
        final Set<String> watched = new HashSet<>();
        /** Without those of which it knows that it does not know. */
        final Map<String, List<NodeLife>> known = new TreeMap<>();

        Watcher(long incarnation) {
            this.incarnation = incarnation;
        }
    }

    NaiveWatchers(NaiveOwner model) {
        this.model = model;
    }

    void watch(int slot, ChannelName channel) {
        of(slot).watched.add(channel.value());
    }

    void unwatch(int slot, ChannelName channel) {
        of(slot).watched.remove(channel.value());
        of(slot).known.remove(channel.value());
    }

    private Watcher of(int slot) {
        long incarnation = Objects.requireNonNull(model.incarnations.get(slot));
        Watcher watcher = watchers.get(slot);
        if (watcher == null || watcher.incarnation != incarnation) {
            watcher = new Watcher(incarnation);
            watchers.put(slot, watcher);
        }
        return watcher;
    }

    /** Takes what nodes are told, after the model has taken the command, and answers the other effects. */
    List<Effect> take(List<Effect> effects) {
        return effects.stream().filter(effect -> !takes(effect)).toList();
    }

    private boolean takes(Effect effect) {
        switch (effect) {
            case Effect.Interested(int slot, long incarnation, ChannelName channel, List<NodeLife> nodes) -> {
                assertThat(incarnation).isEqualTo(of(slot).incarnation);
                assertThat(of(slot).watched).contains(channel.value());
                of(slot).known.put(channel.value(), nodes);
            }
            case Effect.InterestChanged(int slot, long incarnation) -> {
                assertThat(incarnation).isEqualTo(of(slot).incarnation);
                of(slot).known.clear();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    void check() {
        watchers.keySet()
                .forEach(slot -> of(slot).known
                        .forEach((channel, nodes) -> assertThat(nodes)
                                .as("what slot %d knows of %s", slot, channel)
                                .isEqualTo(interested(new ChannelName(channel)))));
    }

    private List<NodeLife> interested(ChannelName channel) {
        return model.interested(channel).stream()
                .map(slot -> new NodeLife(slot, Objects.requireNonNull(model.incarnations.get(slot))))
                .toList();
    }
}
