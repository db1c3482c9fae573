package io.socle.realtime.channel.core;

import io.socle.realtime.channel.core.MemoryTables.MemoryCell;
import io.socle.realtime.channel.core.Tables.Mark;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.Payload;
import java.util.Comparator;
import java.util.List;

/** The tables of sessions in memory. */
record MemorySessionTables(
        MemoryTable<SessionKey, SessionState> states,
        MemoryTable<Keys.SessionPart, Payload> entries,
        MemoryTable<Keys.SessionTimer, Mark> timers,
        MemoryTable<Keys.SessionPlace, Mark> attached,
        MemoryTable<Long, StoredWill> wills,
        MemoryTable<Keys.Firing, Mark> firing,
        MemoryCell<Long> count)
        implements SessionTables {

    /** As in stores, where a text has its length in front. */
    private static final Comparator<String> BY_LENGTH =
            Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

    private static final Comparator<SessionKey> BY_NAME =
            Comparator.comparing(SessionKey::subject, BY_LENGTH).thenComparing(SessionKey::clientId, BY_LENGTH);

    static MemorySessionTables empty() {
        return new MemorySessionTables(
                new MemoryTable<>(BY_NAME),
                new MemoryTable<>(
                        Comparator.comparing(Keys.SessionPart::of, BY_NAME).thenComparing(Keys.SessionPart::name)),
                new MemoryTable<>(
                        Comparator.comparing(Keys.SessionTimer::time).thenComparing(Keys.SessionTimer::of, BY_NAME)),
                new MemoryTable<>(Comparator.comparing(Keys.SessionPlace::slot)
                        .thenComparing(Keys.SessionPlace::incarnation)
                        .thenComparing(Keys.SessionPlace::of, BY_NAME)),
                MemoryTable.sorted(),
                new MemoryTable<>(Comparator.comparing(Keys.Firing::time).thenComparing(Keys.Firing::generation)),
                new MemoryCell<>());
    }

    MemorySessionTables copy() {
        return new MemorySessionTables(
                states.copy(),
                entries.copy(),
                timers.copy(),
                attached.copy(),
                wills.copy(),
                firing.copy(),
                count.copy());
    }

    List<Object> contents() {
        return List.of(
                states.contents(),
                entries.contents(),
                timers.contents(),
                attached.contents(),
                wills.contents(),
                firing.contents(),
                String.valueOf(count.get()));
    }
}
