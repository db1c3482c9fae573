package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.gateway.transport.spi.SharedMessage;

/** What comes from the owners, in the order of this node's deliveries. */
public sealed interface Incoming {
    /** A message for whoever is subscribed here. */
    record Publication(int partition, long logPosition, SharedMessage message) implements Incoming {}

    /** A message of an ephemeral channel for whoever is subscribed here; it has no place. */
    record Ephemeral(SharedMessage message) implements Incoming {}

    /** All publications of a partition up to this log position have come. */
    record Watermark(int partition, long logPosition) implements Incoming {}

    /** A channel, perhaps one that this loop follows, is gone. */
    record ChannelDeleted(Delivery.ChannelDeleted deleted) implements Incoming {}

    /** An attachment to a durable subscription, perhaps of this loop, is over. */
    record DurableEnded(Delivery.DurableEnded ended) implements Incoming {}

    /**
     * A message for one member of a shared subscription, perhaps of this loop.
     *
     * @param logPosition of the publication
     */
    record Shared(int partition, long generation, long logPosition, SharedMessage message) implements Incoming {}

    /** Something for one peer of a room, whose connection is of this loop. */
    record ToPeer(RoomSink sink, Delivery.ToPeer told) implements Incoming {}

    /** The reply to a request of this loop. */
    record Answer(ReplyHandler handler, int partition, long logPosition, Reply reply) implements Incoming {}
}
