package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;

/** What the shell is to send because of one record, in the order of the list that holds it. */
public sealed interface Effect {
    /** Answer the gateway node that asked. */
    record Answer(Origin origin, Reply reply) implements Effect {}

    /** Tell a gateway node that an attachment of its to a durable subscription is over, and why. */
    record EndDurable(int slot, long incarnation, ChannelName channel, long generation, Problem problem)
            implements Effect {}

    /** Tell a gateway node that another connection takes a session of its. */
    record EndSession(int slot, long incarnation, SessionKey of, long generation) implements Effect {}

    /** Have a will published, and then say so in this partition; repeated until that was said. */
    record PublishWill(long generation, RealtimeMessage message) implements Effect {}

    /** Tell a gateway node with interest in a channel that it is gone; the epoch is that of the life that ended. */
    record EndChannel(int slot, long incarnation, ChannelName channel, long epoch) implements Effect {}

    /** Tell a gateway node that watches an ephemeral channel which nodes want it. */
    record Interested(int slot, long incarnation, ChannelName channel, List<NodeLife> nodes) implements Effect {}

    /** Tell a gateway node that interest in any channel that it watches may have changed. */
    record InterestChanged(int slot, long incarnation) implements Effect {}

    /** Send a publication to a gateway node; effects of one publication share the message instance. */
    record Deliver(int slot, long incarnation, RealtimeMessage message) implements Effect {}

    /**
     * Send a message to one member of a shared subscription.
     *
     * @param generation of the membership
     * @param logPosition of the publication
     */
    record Share(int slot, long incarnation, long generation, long logPosition, RealtimeMessage message)
            implements Effect {}

    /** Messages, at least so many, that a shared subscription was owed and no member was given are lost; for the log of the service. */
    record SharedLost(String group, long messages) implements Effect {}

    /** Tell a gateway node that it was sent all that this partition owes it up to a log position. */
    record Watermark(int slot, long incarnation, long logPosition) implements Effect {}
}
