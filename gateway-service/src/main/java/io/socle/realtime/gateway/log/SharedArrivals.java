package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Drops repeats of what is given to members of shared subscriptions: after an owner's crash the same commands give the same
 * messages again. Commands come in their order, so only those of the last one need to be remembered. Used by the reader's
 * thread.
 */
final class SharedArrivals {
    private final Map<Integer, Arrived> byPartition = new HashMap<>();

    /** What the last command of a partition gave. */
    private static final class Arrived {
        final Set<Place> places = new HashSet<>();
        long command = -1;
    }

    private record Place(long generation, long logPosition) {}

    boolean isFirst(int partition, long command, Delivery.Shared shared) {
        Arrived last = byPartition.computeIfAbsent(partition, any -> new Arrived());
        if (command > last.command) {
            last.command = command;
            last.places.clear();
        }
        return command == last.command && last.places.add(new Place(shared.generation(), shared.logPosition()));
    }
}
