package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import org.jspecify.annotations.Nullable;

/**
 * The state of one MQTT client's session, but for its entries.
 *
 * @param generation of the attachment that is, or was the last: one more than its log position
 * @param at the gateway node that has it; null where none does
 * @param waiting the attach that waits until that node has handed over; null for none
 * @param expiry how long it lasts without a connection, in milliseconds; 0 where it ends with the connection
 * @param bytes what its entries count
 * @param hasWill whether its attachment left a will that is still to be decided on
 * @param willAt when the will is published; 0 while attached
 * @param endsAt when it ends; 0 while attached
 * @param graced whether the will waits because the node went, and not the client
 * @param timer when it is looked at next; 0 for never
 */
public record SessionState(
        long generation,
        @Nullable NodeLife at,
        @Nullable Waiting waiting,
        long expiry,
        int bytes,
        boolean hasWill,
        long willAt,
        long endsAt,
        boolean graced,
        long timer) {
    /** One that is not there yet: it has ended long ago. */
    static final SessionState NONE = new SessionState(0, null, null, 0, 0, false, 0, 0, false, 0);

    /**
     * An attach whose answer is to come.
     *
     * @param deadline after which it does not wait any longer
     */
    public record Waiting(Origin origin, long generation, long expiry, boolean hasWill, long deadline) {}

    SessionState attached(Waiting to) {
        NodeLife node = new NodeLife(to.origin().slot(), to.origin().incarnation());
        return new SessionState(to.generation(), node, null, to.expiry(), bytes, to.hasWill(), 0, 0, false, timer);
    }

    SessionState waiting(@Nullable Waiting attach) {
        return new SessionState(generation, at, attach, expiry, bytes, hasWill, willAt, endsAt, graced, timer);
    }

    SessionState lasting(long newExpiry) {
        return new SessionState(generation, at, waiting, newExpiry, bytes, hasWill, willAt, endsAt, graced, timer);
    }

    /** Nobody has it any more. */
    SessionState left(long end) {
        return new SessionState(generation, null, waiting, expiry, bytes, hasWill, 0, end, false, timer);
    }

    SessionState firing(long time, boolean forTheNode) {
        return new SessionState(generation, at, waiting, expiry, bytes, true, time, endsAt, forTheNode, timer);
    }

    SessionState withoutWill() {
        return new SessionState(generation, at, waiting, expiry, bytes, false, 0, endsAt, false, timer);
    }

    SessionState holding(int entryBytes) {
        return new SessionState(generation, at, waiting, expiry, entryBytes, hasWill, willAt, endsAt, graced, timer);
    }

    SessionState lookedAt(long time) {
        return new SessionState(generation, at, waiting, expiry, bytes, hasWill, willAt, endsAt, graced, time);
    }

    /** When something is to be done; 0 for never. While its will waits it is there, whatever its end. */
    long due() {
        if (at != null) {
            return waiting == null ? 0 : waiting.deadline();
        }
        return hasWill ? willAt : endsAt;
    }
}
