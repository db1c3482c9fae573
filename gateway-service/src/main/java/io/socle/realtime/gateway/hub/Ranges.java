package io.socle.realtime.gateway.hub;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Ascending, separate ranges of offsets. When there would be more than the limit the two newest are joined, which may
 * call lost what was only skipped, never the other way round.
 */
final class Ranges {
    private static final int LIMIT = 64;

    private final ArrayDeque<Range> ranges = new ArrayDeque<>();

    /** Offsets, both included. */
    record Range(long from, long to) {}

    void add(long from, long to) {
        Range last = ranges.peekLast();
        if (last != null && (from <= last.to() + 1 || ranges.size() == LIMIT)) {
            ranges.removeLast();
            ranges.addLast(new Range(Math.min(last.from(), from), Math.max(last.to(), to)));
        } else {
            ranges.addLast(new Range(from, to));
        }
    }

    void clear() {
        ranges.clear();
    }

    /** Removes and returns the next range that begins at or before an offset, cut there; null if there is none. */
    @Nullable
    Range takeUpTo(long end) {
        Range first = ranges.peekFirst();
        if (first == null || first.from() > end) {
            return null;
        }
        ranges.removeFirst();
        if (first.to() > end) {
            ranges.addFirst(new Range(end + 1, first.to()));
            return new Range(first.from(), end);
        }
        return first;
    }
}
