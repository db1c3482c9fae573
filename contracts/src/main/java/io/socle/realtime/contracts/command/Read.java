package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What asks an owner without changing its state. */
public sealed interface Read {
    /** Most items and bytes of the page; the owner may return less. */
    record Credit(int items, int bytes) {}

    /**
     * A page of one channel's history, oldest first.
     *
     * @param underWay whether what has expired comes too, because its delivery has begun before (MQTT 5 section 4.3.3)
     */
    record Forward(ChannelName channel, Start start, Credit credit, boolean underWay) implements Read {
        public Forward(ChannelName channel, Start start, Credit credit) {
            this(channel, start, credit, false);
        }
    }

    /** A page of one channel's history, newest first, of what lies before a position; null begins at the head. */
    record Backward(ChannelName channel, @Nullable Position before, Credit credit) implements Read {}

    /** A page of everything that a filter selects in one partition, in log order. */
    record Filtered(
            ChannelFilter filter,
            long afterLogPosition,
            @Nullable Instant since,
            Credit credit) implements Read {}

    /** The channel's retained message. */
    record Retained(ChannelName channel) implements Read {}

    /**
     * A page of the retained messages of one partition's channels that a filter selects, by channel name.
     *
     * @param after the channel after which it begins; empty for the first page
     */
    record RetainedMatching(ChannelFilter filter, String after, Credit credit) implements Read {}

    /** Where a forward read begins. */
    sealed interface Start {
        /** After a position that the reader has. */
        record After(Position position) implements Start {}

        /** With the last so many messages. */
        record Last(long messages) implements Start {}

        /** With the first message logged at a time or later. */
        record Since(Instant time) implements Start {}
    }
}
