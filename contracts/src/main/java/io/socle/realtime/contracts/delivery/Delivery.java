package io.socle.realtime.contracts.delivery;

import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.RoomEvent;
import java.util.List;

/**
 * A record for one gateway node.
 *
 * @param partition the partition of the command or read that caused it
 * @param logPosition the offset of that record, or of a watermark's last one; publications of one partition come in its order
 * @param content what is delivered
 */
public record Delivery(int partition, long logPosition, Content content) {
    /** What a delivery carries. */
    public sealed interface Content {}

    /** A message with its position, for every local subscriber that it concerns. */
    public record Publication(RealtimeMessage message) implements Content {}

    /**
     * An attachment to a durable subscription that this node has is over.
     *
     * @param generation the attachment's
     * @param problem why: taken over, or deleted
     */
    public record DurableEnded(ChannelName channel, long generation, Problem problem) implements Content {}

    /**
     * Another connection takes a session that this node has: it is to be handed over.
     *
     * @param generation the attachment's
     */
    public record SessionEnded(SessionKey of, long generation) implements Content {}

    /**
     * A channel that this node wants is gone: its subscriptions here are over, and what comes next is another channel.
     *
     * @param epoch of the channel that is gone
     */
    public record ChannelDeleted(ChannelName channel, long epoch) implements Content {}

    /** A message of an ephemeral channel, from another gateway node; partition and log position mean nothing. */
    public record Ephemeral(RealtimeMessage message) implements Content {}

    /** Which nodes want an ephemeral channel that this node watches, itself perhaps among them. */
    public record Interested(ChannelName channel, List<NodeLife> nodes) implements Content {
        public Interested {
            nodes = List.copyOf(nodes);
        }
    }

    /** Interest in any channel of the partition may have changed: each that this node watches it has to watch anew. */
    public record InterestChanged() implements Content {}

    /** One life of a gateway slot. */
    public record NodeLife(int slot, long incarnation) {}

    /**
     * A message for one member of a shared subscription.
     *
     * @param generation of the membership, unique within the partition
     * @param logPosition of the publication, by which it is acknowledged
     */
    public record Shared(long generation, long logPosition, RealtimeMessage message) implements Content {}

    /**
     * A peer of a room is told something.
     *
     * @param connection the peer's, by the gateway's own name
     * @param sequence counts what this peer is told, from 1 without a gap
     */
    public record ToPeer(String connection, ChannelName room, long peer, long sequence, RoomEvent event)
            implements Content {}

    /** An answer to a request of this node. */
    public record Answer(long request, Reply reply) implements Content {}

    /** All that the partition owes this node up to the log position was sent before. */
    public record Watermark() implements Content {}
}
