package io.socle.realtime.channel.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a channel knows of one producer.
 *
 * @param epoch the producer's latest
 * @param lastSequence the last one of that epoch that was published
 * @param lastOffsets offsets of the last sequences, oldest first, at most {@link #REMEMBERED}
 */
public record ProducerState(long epoch, long lastSequence, List<Long> lastOffsets) {
    /** How many sequences back a repeat still gets its position. */
    public static final int REMEMBERED = 32;

    public ProducerState {
        lastOffsets = List.copyOf(lastOffsets);
    }

    ProducerState published(long offset) {
        List<Long> offsets = new ArrayList<>(lastOffsets);
        if (offsets.size() == REMEMBERED) {
            offsets.removeFirst();
        }
        offsets.add(offset);
        return new ProducerState(epoch, lastSequence + 1, offsets);
    }
}
