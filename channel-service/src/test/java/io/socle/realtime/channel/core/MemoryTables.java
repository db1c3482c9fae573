package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Policies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All tables in memory; a copy is a crash image. */
record MemoryTables(
        MemoryCell<PartitionState> partition,
        MemoryCell<Policies> policies,
        MemoryTable<String, ChannelState> channels,
        MemoryTable<Keys.Place, HistoryEntry> history,
        MemoryTable<String, HistoryEntry> retained,
        MemoryTable<Long, IndexEntry> index,
        MemoryTable<Keys.Producer, ProducerState> producers,
        MemoryTable<Keys.Collapse, Long> collapsed,
        MemoryTable<Keys.Due, Mark> dues,
        MemoryTable<Integer, Long> slots,
        MemoryTable<Keys.Interest, Mark> interests,
        MemoryTable<Keys.Interest, Mark> watches,
        MemoryTable<Keys.Durable, DurableState> durables,
        MemoryTable<Keys.Expiry, Mark> expiries,
        MemorySessionTables sessions,
        MemoryTable<String, Remains> remains,
        MemorySharedTables shared)
        implements Tables {

    private static final Comparator<Keys.Durable> BY_NAME = Comparator.comparing(Keys.Durable::channel)
            .thenComparing(Keys.Durable::subject)
            .thenComparing(Keys.Durable::name);

    private static final Comparator<Keys.Interest> BY_SLOT =
            Comparator.comparing(Keys.Interest::slot).thenComparing(Keys.Interest::filter);

    static MemoryTables empty() {
        return new MemoryTables(
                new MemoryCell<>(),
                new MemoryCell<>(),
                MemoryTable.sorted(),
                new MemoryTable<>(Comparator.comparing(Keys.Place::channel).thenComparing(Keys.Place::offset)),
                MemoryTable.sorted(),
                MemoryTable.sorted(),
                new MemoryTable<>(Comparator.comparing(Keys.Producer::channel).thenComparing(Keys.Producer::producer)),
                new MemoryTable<>(Comparator.comparing(Keys.Collapse::channel).thenComparing(Keys.Collapse::key)),
                new MemoryTable<>(Comparator.comparing(Keys.Due::time).thenComparing(Keys.Due::channel)),
                MemoryTable.sorted(),
                new MemoryTable<>(BY_SLOT),
                new MemoryTable<>(BY_SLOT),
                new MemoryTable<>(BY_NAME),
                new MemoryTable<>(Comparator.comparing(Keys.Expiry::time).thenComparing(Keys.Expiry::of, BY_NAME)),
                MemorySessionTables.empty(),
                MemoryTable.sorted(),
                MemorySharedTables.empty());
    }

    MemoryTables copy() {
        return new MemoryTables(
                partition.copy(),
                policies.copy(),
                channels.copy(),
                history.copy(),
                retained.copy(),
                index.copy(),
                producers.copy(),
                collapsed.copy(),
                dues.copy(),
                slots.copy(),
                interests.copy(),
                watches.copy(),
                durables.copy(),
                expiries.copy(),
                sessions.copy(),
                remains.copy(),
                shared.copy());
    }

    /** Everything, for comparison. */
    List<Object> contents() {
        List<Object> all = new ArrayList<>();
        all.add(String.valueOf(partition.get()));
        all.add(String.valueOf(policies.get()));
        for (MemoryTable<?, ?> table : List.of(
                channels, history, retained, index, producers, collapsed, dues, slots, interests, watches, durables,
                expiries, remains)) {
            all.add(table.contents());
        }
        all.addAll(sessions.contents());
        all.addAll(shared.contents());
        return all;
    }

    static final class MemoryCell<V> implements Table.Cell<V> {
        private @Nullable V value;

        MemoryCell<V> copy() {
            MemoryCell<V> copy = new MemoryCell<>();
            copy.value = value;
            return copy;
        }

        @Override
        public @Nullable V get() {
            return value;
        }

        @Override
        public void put(V newValue) {
            value = newValue;
        }
    }
}
