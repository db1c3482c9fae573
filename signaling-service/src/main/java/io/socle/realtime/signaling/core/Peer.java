package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import org.jspecify.annotations.Nullable;

/**
 * One membership of a room.
 *
 * @param id unique within the partition for ever, and larger the later it joined
 * @param secret digest of what it comes back with
 * @param link its connection, or the last one that it had
 * @param until when it is gone unless it comes back; 0 while it is there
 * @param sequence how many things it was told
 * @param kept what of them is kept
 */
public record Peer(
        long id,
        String subject,
        String secret,
        @Nullable Metadata metadata,
        Link link,
        long until,
        long sequence,
        Kept kept) {
    /** A connection: which node has it, in which life, under which name. */
    public record Link(String connection, int slot, long incarnation) {}

    /**
     * The signals that are kept for its coming back.
     *
     * @param after they have a higher sequence than this one; earlier ones are no more
     */
    public record Kept(long after, int signals, int characters) {
        static final Kept NONE = new Kept(0, 0, 0);
    }

    boolean isHere() {
        return until == 0;
    }

    Peer here(Link by) {
        return new Peer(id, subject, secret, metadata, by, 0, sequence, kept);
    }

    Peer away(long time) {
        return new Peer(id, subject, secret, metadata, link, time, sequence, kept);
    }

    Peer saying(@Nullable Metadata changed) {
        return new Peer(id, subject, secret, changed, link, until, sequence, kept);
    }

    Peer told(long upTo) {
        return new Peer(id, subject, secret, metadata, link, until, upTo, kept);
    }

    Peer keeping(Kept changed) {
        return new Peer(id, subject, secret, metadata, link, until, sequence, changed);
    }

    /** As another one is told of it: of two, the one who was there first is polite (clause SIG-20). */
    PeerInfo asSeenBy(long other) {
        return new PeerInfo(id, subject, other < id, metadata);
    }
}
