package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.message.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small state of one channel.
 *
 * @param epoch this life of the channel
 * @param head offset of the last publication; 0 before the first
 * @param first lowest offset in history; {@code head + 1} where history is empty
 * @param lastTime log time of the last publication, in milliseconds
 * @param segments history's accounting, oldest first
 * @param retained offset of the retained message, if there is one
 * @param producers how many producers have a state here
 * @param collapseKeys how many collapse keys have a newest message in history
 */
public record ChannelState(
        long epoch,
        long head,
        long first,
        long lastTime,
        List<Segment> segments,
        @Nullable Long retained,
        int producers,
        long collapseKeys) {

    public ChannelState {
        segments = List.copyOf(segments);
    }

    static ChannelState created(long epoch, long time) {
        return new ChannelState(epoch, 0, 1, time, List.of(), null, 0, 0);
    }

    boolean isHistoryEmpty() {
        return first > head;
    }

    Position headPosition() {
        return new Position(epoch, head);
    }

    ChannelState withHistory(long newHead, long newFirst, long time, List<Segment> newSegments) {
        return new ChannelState(epoch, newHead, newFirst, time, newSegments, retained, producers, collapseKeys);
    }

    ChannelState withRetained(@Nullable Long offset) {
        return new ChannelState(epoch, head, first, lastTime, segments, offset, producers, collapseKeys);
    }

    ChannelState withProducers(int count) {
        return new ChannelState(epoch, head, first, lastTime, segments, retained, count, collapseKeys);
    }

    ChannelState withCollapseKeys(long count) {
        return new ChannelState(epoch, head, first, lastTime, segments, retained, producers, count);
    }
}
