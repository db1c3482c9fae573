package io.socle.realtime.shell.owner;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.assignment.ProcessId;

/**
 * Since when the processes of the group are there, as far as this one, sharing out the partitions, has seen it. What a process
 * says of itself does not tell: it counts what it finds on its disk as what it follows. Safe for use by all threads.
 */
final class Arrivals {
    /** After this time with copies a process is warm: it has loaded what it needs and has begun to compile it. */
    static final Duration WARM = Duration.ofSeconds(8);

    private final LongSupplier nanoTime;
    private final Map<ProcessId, Long> since = new HashMap<>();

    Arrivals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Told all who are there now, with whether they own partitions; returns who are warm. */
    synchronized Set<ProcessId> warm(Map<ProcessId, Boolean> present) {
        long now = nanoTime.getAsLong();
        since.keySet().retainAll(present.keySet());
        // Who owns and is new to us has owned before we began to look.
        present.forEach((id, owns) -> since.putIfAbsent(id, owns ? now - WARM.toNanos() : now));
        var warm = new HashMap<>(since);
        warm.values().removeIf(start -> now - start < WARM.toNanos());
        return Set.copyOf(warm.keySet());
    }
}
