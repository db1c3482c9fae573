package io.socle.realtime.presence.core;

/**
 * What is kept of a channel besides its members.
 *
 * @param version raised by each change
 * @param members how many there are
 * @param counts whether it tells counts instead of single events
 * @param joins since counts were told last, as {@code leaves} and {@code updates}
 * @param countsDue when counts are told next; 0 where there is nothing to tell
 * @param firstVisit number of the oldest visit that is kept, if any is
 * @param lastVisit number of the latest one; before the first where there is none
 * @param sweepDue when the channel is looked after next; 0 for never
 */
public record ChannelState(
        long version,
        int members,
        boolean counts,
        int joins,
        int leaves,
        int updates,
        long countsDue,
        long firstVisit,
        long lastVisit,
        long sweepDue) {
    /** More than a channel changes in a millisecond. */
    private static final long CHANGES_PER_MILLISECOND = 1000;

    /**
     * One that begins. By the time its versions are higher than those of an earlier life, of which nothing is known any more;
     * and they are whole numbers that JavaScript has.
     */
    static ChannelState beginning(long time) {
        return new ChannelState(time * CHANGES_PER_MILLISECOND, 0, false, 0, 0, 0, 0, 1, 0, 0);
    }

    /** Something changed. */
    ChannelState next(int more) {
        return new ChannelState(
                version + 1,
                members + more,
                counts,
                joins,
                leaves,
                updates,
                countsDue,
                firstVisit,
                lastVisit,
                sweepDue);
    }

    /** A change that is told by counts. */
    ChannelState counted(Effect.Event event, long due) {
        return new ChannelState(
                version,
                members,
                counts,
                joins + (event instanceof Effect.Entered ? 1 : 0),
                leaves + (event instanceof Effect.Left ? 1 : 0),
                updates + (event instanceof Effect.Updated ? 1 : 0),
                due,
                firstVisit,
                lastVisit,
                sweepDue);
    }

    /** Nothing is left to be told by counts. */
    ChannelState told(boolean tellsCounts) {
        return new ChannelState(version, members, tellsCounts, 0, 0, 0, 0, firstVisit, lastVisit, sweepDue);
    }

    ChannelState withVisits(long first, long last) {
        return new ChannelState(version, members, counts, joins, leaves, updates, countsDue, first, last, sweepDue);
    }

    ChannelState sweptAt(long due) {
        return new ChannelState(
                version, members, counts, joins, leaves, updates, countsDue, firstVisit, lastVisit, due);
    }

    boolean hasVisits() {
        return firstVisit <= lastVisit;
    }
}
