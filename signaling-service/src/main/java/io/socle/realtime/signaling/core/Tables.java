package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a partition keeps. */
public interface Tables {
    /**
     * What is kept beside rooms.
     *
     * @param clock the latest time seen, in milliseconds
     * @param rooms how many rooms there are
     */
    record Summary(long clock, int rooms) {
        public static final Summary EMPTY = new Summary(0, 0);
    }

    /** A signal that is kept for a peer's coming back. */
    record KeptSignal(long sequence, long from, Signal signal) {}

    @Nullable
    Room room(ChannelName name);

    void put(ChannelName name, Room room);

    void delete(ChannelName name);

    /** The names of all rooms, in order. */
    List<ChannelName> rooms();

    void keep(ChannelName room, long peer, KeptSignal signal);

    void forget(ChannelName room, long peer, long sequence);

    /** What is kept for a peer after a sequence, in order, at most so many. */
    List<KeptSignal> kept(ChannelName room, long peer, long after, int most);

    void setTimer(long time, ChannelName room);

    void removeTimer(long time, ChannelName room);

    /** Rooms whose time has come, the earliest first, at most so many. */
    List<ChannelName> due(long time, int most);

    /** When the next room's time comes. */
    OptionalLong next();

    /** The life of a slot that is known; null where none is. */
    @Nullable
    Long incarnation(int slot);

    void putIncarnation(int slot, long incarnation);

    Summary summary();

    void put(Summary summary);
}
