package io.socle.realtime.channel.core;

import org.jspecify.annotations.Nullable;

/**
 * The state of one durable subscription: a place in its channel's history, and who reads on from it.
 *
 * @param acked offset up to which everything has been dealt with
 * @param delivered offset of the last message known to have been sent; not before {@code acked}
 * @param generation of the last attach: one more than its log position, so that no two attachments share it
 * @param attachment the gateway node that is attached; null where none is
 * @param lastUsed log time of the last command that did something to it, in milliseconds
 * @param timer when it is looked at next for expiry; the key of its entry in that table
 */
public record DurableState(
        long acked,
        long delivered,
        long generation,
        @Nullable Attachment attachment,
        long lastUsed,
        long timer) {
    /** One life of a gateway node. */
    public record Attachment(int slot, long incarnation) {}

    DurableState attached(@Nullable Attachment to, long newGeneration, long now) {
        return new DurableState(acked, delivered, newGeneration, to, now, timer);
    }

    DurableState acked(long offset, long sent, long now) {
        long furthest = Math.max(acked, offset);
        return new DurableState(
                furthest, Math.max(furthest, Math.max(delivered, sent)), generation, attachment, now, timer);
    }

    DurableState detached(long sent, long now) {
        return new DurableState(acked, Math.max(delivered, sent), generation, null, now, timer);
    }

    DurableState used(long now) {
        return new DurableState(acked, delivered, generation, attachment, now, timer);
    }

    DurableState withTimer(long time) {
        return new DurableState(acked, delivered, generation, attachment, lastUsed, time);
    }
}
