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
 * @param durables how many durable subscriptions it has
 */
public record ChannelState(
        long epoch,
        long head,
        long first,
        long lastTime,
        List<Segment> segments,
        @Nullable Long retained,
        int producers,
        long collapseKeys,
        int durables) {

    public ChannelState {
        segments = List.copyOf(segments);
    }

    static ChannelState created(long epoch, long time) {
        return new ChannelState(epoch, 0, 1, time, List.of(), null, 0, 0, 0);
    }

    boolean isHistoryEmpty() {
        return first > head;
    }

    Position headPosition() {
        return new Position(epoch, head);
    }

    ChannelState withHistory(long newHead, long newFirst, long time, List<Segment> newSegments) {
        return new ChannelState(
                epoch, newHead, newFirst, time, newSegments, retained, producers, collapseKeys, durables);
    }

    ChannelState withRetained(@Nullable Long offset) {
        return new ChannelState(epoch, head, first, lastTime, segments, offset, producers, collapseKeys, durables);
    }

    ChannelState withProducers(int count) {
        return new ChannelState(epoch, head, first, lastTime, segments, retained, count, collapseKeys, durables);
    }

    ChannelState withCollapseKeys(long count) {
        return new ChannelState(epoch, head, first, lastTime, segments, retained, producers, count, durables);
    }

    ChannelState withDurables(int count) {
        return new ChannelState(epoch, head, first, lastTime, segments, retained, producers, collapseKeys, count);
    }
}
