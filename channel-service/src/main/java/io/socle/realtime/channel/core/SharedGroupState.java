package io.socle.realtime.channel.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a shared subscription is in its partition.
 *
 * @param behind log position after which there may be publications that no member was given; null where there are none,
 *     so that the next publication is given out as it comes
 * @param turn generation of the member that was given the last message: the next one's turn is after it
 */
public record SharedGroupState(@Nullable Long behind, long turn) {
    static final SharedGroupState NEW = new SharedGroupState(null, 0);

    SharedGroupState behind(@Nullable Long position) {
        return new SharedGroupState(position, turn);
    }

    SharedGroupState turn(long generation) {
        return new SharedGroupState(behind, generation);
    }
}
