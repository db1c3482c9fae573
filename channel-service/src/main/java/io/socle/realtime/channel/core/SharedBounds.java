package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SharedAction;

/**
 * Limits of the shared subscriptions of one partition (clauses MQT-110 to MQT-112).
 *
 * @param groups most groups that the partition has
 * @param members most members of a group, those that are away included
 * @param window most messages that a member may ask to have under way
 * @param inFlight most messages of a group that are under way or wait to be given to another member; beyond it the group
 *     reads on from history only as they are acknowledged
 * @param held most messages of a group that wait for a member that alone may receive them; one more is passed over
 * @param messagesAtOnce most messages that one command gives out; ticks, which then follow at once, do the rest
 * @param scannedAtOnce most publications that one command looks at
 */
public record SharedBounds(
        int groups, int members, int window, int inFlight, int held, int messagesAtOnce, int scannedAtOnce) {
    public static final SharedBounds DEFAULT =
            new SharedBounds(10_000, 1_000, SharedAction.Join.LARGEST_WINDOW, 10_000, 256, 256, 4_096);

    /** At so many bytes under way to a member it is given no more, whatever its window. */
    static final int WINDOW_BYTES = 1 << 20;

    /** At so many bytes one command gives out no more. */
    static final int BYTES_AT_ONCE = 256 * 1024;

    /** Most memberships that one tick ends. */
    static final int EXPIRED_PER_TICK = 500;
}
