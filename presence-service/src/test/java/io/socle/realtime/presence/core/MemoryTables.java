package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables in memory, of which copies can be made. */
record MemoryTables(
        InOrder<ChannelName, ChannelState> channels,
        InOrder<MemberKey, MemberState> members,
        InOrder<Keys.OfSubject, Boolean> bySubject,
        InOrder<Keys.Held, Boolean> held,
        InOrder<Keys.Due, Boolean> dues,
        InOrder<Keys.VisitNumber, PresenceReply.Visit> visits,
        InOrder<Keys.Seen, Long> seen,
        InOrder<Integer, Long> nodes,
        InOrder<Integer, LostNode> lostNodes,
        One<Long> clock,
        One<PresencePolicies> policies)
        implements Tables {
    MemoryTables() {
        this(
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                InOrder.empty(),
                new One<>(null),
                new One<>(null));
    }

    MemoryTables copy() {
        return new MemoryTables(
                channels.copy(),
                members.copy(),
                bySubject.copy(),
                held.copy(),
                dues.copy(),
                visits.copy(),
                seen.copy(),
                nodes.copy(),
                lostNodes.copy(),
                new One<>(clock.get()),
                new One<>(policies.get()));
    }

    /** A table with as many entries as a map. */
    record InOrder<K extends Comparable<K>, V>(TreeMap<K, V> map) implements Table.Sorted<K, V> {
        static <K extends Comparable<K>, V> InOrder<K, V> empty() {
            return new InOrder<>(new TreeMap<K, V>());
        }

        InOrder<K, V> copy() {
            return new InOrder<>(new TreeMap<K, V>(map));
        }

        @Override
        public @Nullable V get(K key) {
            return map.get(key);
        }

        @Override
        public void put(K key, V value) {
            map.put(key, value);
        }

        @Override
        public void delete(K key) {
            map.remove(key);
        }

        @Override
        public void tail(K from, Table.Visitor<K, V> visitor) {
            for (var entry : map.tailMap(from, true).entrySet()) {
                if (!visitor.visit(entry.getKey(), entry.getValue())) {
                    return;
                }
            }
        }
    }

    /** A table with one entry. */
    static final class One<V> implements Table.Cell<V> {
        private @Nullable V value;

        One(@Nullable V value) {
            this.value = value;
        }

        @Override
        public @Nullable V get() {
            return value;
        }

        @Override
        public void put(V value) {
            this.value = value;
        }
    }
}
