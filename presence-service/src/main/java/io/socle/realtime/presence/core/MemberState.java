package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.message.MemberProfile;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a member.
 *
 * @param version of its last change
 * @param entered when, in milliseconds of the log's time
 * @param slot the node that has its connection; {@link #NO_NODE} for one that is there for a time
 * @param holder the connection within that node's life
 * @param leaves when it leaves; 0 while its connection is there
 */
public record MemberState(
        MemberProfile profile, long version, long entered, int slot, long incarnation, long holder, long leaves) {
    public static final int NO_NODE = -1;

    boolean isHeldBy(@Nullable Origin origin, long connection) {
        return origin != null && slot == origin.slot() && incarnation == origin.incarnation() && holder == connection;
    }

    /** Whether a node counts it among its members. */
    boolean isHeld() {
        return slot != NO_NODE && leaves == 0;
    }

    /** It leaves at a time, unless it enters again. */
    MemberState leavingAt(long time) {
        return new MemberState(profile, version, entered, slot, incarnation, holder, time);
    }
}
