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
 * @param remade whether its records stand under name and epoch, because those of a deleted life had the name when it began
 * @param timer when its history is looked at next for age; 0 where no timer is set
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
        int durables,
        boolean remade,
        long timer) {
    /** So many low bits of an epoch are the log position of the command that made the channel. */
    static final int LOG_POSITION_BITS = 40;

    /** No channel's name contains it. */
    private static final char EPOCH_MARK = '\0';

    public ChannelState {
        segments = List.copyOf(segments);
    }

    static ChannelState created(long epoch, long time, boolean remade) {
        return new ChannelState(epoch, 0, 1, time, List.of(), null, 0, 0, 0, remade, 0);
    }

    /** The name under which the records of this life of a channel are kept, apart from those of deleted lives. */
    String records(String name) {
        return remade ? name + EPOCH_MARK + Long.toHexString(epoch) : name;
    }

    /** The channel whose life keeps its records under a name. */
    static String nameOf(String records) {
        int mark = records.indexOf(EPOCH_MARK);
        return mark < 0 ? records : records.substring(0, mark);
    }

    /** Whether what was published at a log position was published in this life, and not in one that was deleted. */
    boolean began(long logPosition) {
        return logPosition >= (epoch & (1L << LOG_POSITION_BITS) - 1);
    }

    boolean isHistoryEmpty() {
        return first > head;
    }

    Position headPosition() {
        return new Position(epoch, head);
    }

    ChannelState withHistory(long newHead, long newFirst, long time, List<Segment> newSegments) {
        return new ChannelState(
                epoch,
                newHead,
                newFirst,
                time,
                newSegments,
                retained,
                producers,
                collapseKeys,
                durables,
                remade,
                timer);
    }

    ChannelState withRetained(@Nullable Long offset) {
        return with(offset, producers, collapseKeys, durables, timer);
    }

    ChannelState withProducers(int count) {
        return with(retained, count, collapseKeys, durables, timer);
    }

    ChannelState withCollapseKeys(long count) {
        return with(retained, producers, count, durables, timer);
    }

    ChannelState withDurables(int count) {
        return with(retained, producers, collapseKeys, count, timer);
    }

    ChannelState withTimer(long time) {
        return with(retained, producers, collapseKeys, durables, time);
    }

    private ChannelState with(
            @Nullable Long newRetained, int newProducers, long newCollapseKeys, int newDurables, long newTimer) {
        return new ChannelState(
                epoch,
                head,
                first,
                lastTime,
                segments,
                newRetained,
                newProducers,
                newCollapseKeys,
                newDurables,
                remade,
                newTimer);
    }
}
