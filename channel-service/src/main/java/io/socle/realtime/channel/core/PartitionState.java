package io.socle.realtime.channel.core;

/**
 * Where the partition is.
 *
 * @param clock the latest log time seen, in milliseconds of the Unix epoch; never goes back
 * @param lastPosition offset of the last command processed; -1 before the first
 * @param index what filters can replay
 * @param window the publications whose message ids are remembered
 * @param evictedTime log time of the last publication that the index no longer has; 0 where there is none
 */
public record PartitionState(long clock, long lastPosition, Span index, Span window, long evictedTime) {
    static final PartitionState NEW = new PartitionState(0, -1, new Span(0, 0), new Span(0, 0), 0);

    /**
     * A run of publications that ends at the newest.
     *
     * @param first lowest log position accounted for
     * @param count how many publications
     */
    public record Span(long first, long count) {
        Span plusOne() {
            return new Span(first, count + 1);
        }

        Span without(long gone, long last) {
            return new Span(last + 1, count - gone);
        }
    }

    PartitionState at(Moment moment) {
        return new PartitionState(moment.time(), moment.logPosition(), index, window, evictedTime);
    }

    PartitionState published() {
        return new PartitionState(clock, lastPosition, index.plusOne(), window.plusOne(), evictedTime);
    }

    PartitionState withIndex(Span newIndex, long newEvictedTime) {
        return new PartitionState(clock, lastPosition, newIndex, window, newEvictedTime);
    }

    PartitionState withWindow(Span newWindow) {
        return new PartitionState(clock, lastPosition, index, newWindow, evictedTime);
    }
}
