package io.socle.realtime.channel.core;

import java.util.Comparator;
import java.util.List;

/** Tables of shared subscriptions in memory. */
record MemorySharedTables(
        MemoryTable<String, SharedGroupState> groups,
        MemoryTable<SharedTables.MemberKey, SharedMemberState> members,
        MemoryTable<Keys.Place, SharedFlight> flights)
        implements SharedTables {
    static MemorySharedTables empty() {
        return new MemorySharedTables(
                MemoryTable.sorted(),
                new MemoryTable<>(Comparator.comparing(SharedTables.MemberKey::group)
                        .thenComparing(SharedTables.MemberKey::member)),
                new MemoryTable<>(Comparator.comparing(Keys.Place::channel).thenComparing(Keys.Place::offset)));
    }

    MemorySharedTables copy() {
        return new MemorySharedTables(groups.copy(), members.copy(), flights.copy());
    }

    List<Object> contents() {
        return List.of(groups.contents(), members.contents(), flights.contents());
    }
}
