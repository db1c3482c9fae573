package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.RoomAction;
import org.jspecify.annotations.Nullable;

/** What changes an owner's state. */
public sealed interface Command {
    /** Append a message to its channel, once. */
    record Publish(RealtimeMessage message, @Nullable ProducerSequence producer) implements Command {}

    /**
     * The origin's node wants what the filter selects; a filter with wildcards is sent to every partition.
     *
     * @param ephemeral whether it selects channels of an ephemeral namespace only, of which owners keep nothing
     */
    record Subscribe(ChannelFilter filter, boolean ephemeral) implements Command {
        public Subscribe(ChannelFilter filter) {
            this(filter, false);
        }
    }

    /** The origin's node no longer wants it. */
    record Unsubscribe(ChannelFilter filter) implements Command {}

    /** The origin's node sends an ephemeral channel's messages to other nodes itself: it is told which want it, now and at each change. */
    record Watch(ChannelName channel) implements Command {}

    /** The origin's node no longer does. */
    record Unwatch(ChannelName channel) implements Command {}

    /** The origin's node begins a life: interest of earlier incarnations of its slot is void. */
    record NodeStarted() implements Command {}

    /** A node is dead: its interest is void and its late commands are refused. */
    record NodeDead(int slot, long incarnation) implements Command {}

    /**
     * Something is done to a durable subscription.
     *
     * @param generation the attachment that asks; 0 where none does
     */
    record Durable(DurableName of, long generation, DurableAction action) implements Command {}

    /**
     * Something is done to an MQTT client's session.
     *
     * @param generation the attachment that asks; 0 where it attaches
     */
    record Session(SessionKey of, long generation, SessionAction action) implements Command {}

    /**
     * A will was published, told by the owner that had it published.
     *
     * @param generation the attachment's that it was left with
     */
    record WillPublished(long generation) implements Command {}

    /**
     * A message, or the whole channel, is to be gone for every later reader (clauses DEL).
     *
     * @param position of the message; null for the channel
     */
    record Delete(ChannelName channel, @Nullable Position position) implements Command {}

    /**
     * A member of a shared subscription does something; a filter with wildcards is sent to every partition.
     *
     * @param generation the membership that the action is of; 0 for Join, and for Leave by whoever does not know it
     */
    record Shared(SharedName of, SharedMember member, long generation, SharedAction action) implements Command {}

    /** Something is asked of a room's owner, which owns no channels. */
    record InRoom(ChannelName room, RoomAction action) implements Command {}

    /** Time has passed; what is due by the record's time is done. */
    record Tick() implements Command {}

    /** Policies as of this record. */
    record SetPolicies(Policies policies) implements Command {}
}
