package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberProfile;
import java.util.List;

/** What the owner does to the world. */
public sealed interface Effect {
    /** Answers a request of a gateway node. */
    record Answer(Origin origin, Reply reply) implements Effect {}

    /**
     * Tells who follows a channel's presence.
     *
     * @param version of the channel; each is told once
     * @param time the log's, in milliseconds
     */
    record Tell(ChannelName channel, long version, long time, Event event) implements Effect {}

    /** What is told. */
    sealed interface Event {}

    record Entered(MemberKey member, MemberProfile profile) implements Event {}

    record Updated(MemberKey member, MemberProfile profile) implements Event {}

    record Left(MemberKey member, MemberKind kind, LeaveReason reason) implements Event {}

    /** From now on it tells counts, or single events. */
    record Mode(boolean counts, int count) implements Event {}

    /** How much changed since counts were told last, and some of the members. */
    record Counts(int count, int joins, int leaves, int updates, List<Sampled> sample) implements Event {
        public Counts {
            sample = List.copyOf(sample);
        }
    }

    /** One of the members. */
    record Sampled(String subject, String entry, MemberKind kind) {}
}
