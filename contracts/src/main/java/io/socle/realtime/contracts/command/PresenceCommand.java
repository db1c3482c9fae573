package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import org.jspecify.annotations.Nullable;

/** What an owner of presence is told and asked. */
public sealed interface PresenceCommand {
    /** Whoever enters for no connection, or has a member leave whoever has entered it. */
    long NO_HOLDER = 0;

    /**
     * A member is there, or says something else of itself.
     *
     * @param holder the connection within the origin's node; {@link #NO_HOLDER} for one that is there for a time
     * @param ttlMs that time in milliseconds; 0 for one of a connection
     */
    record Enter(MemberKey key, MemberProfile profile, long holder, long ttlMs) implements PresenceCommand {}

    /** A member leaves at once, if this holder has it still. */
    record Leave(MemberKey key, long holder, LeaveReason reason) implements PresenceCommand {}

    /** The connection of a member is lost, if this holder has it still: it leaves after the grace. */
    record Lost(MemberKey key, long holder) implements PresenceCommand {}

    /** Asks for a page of members. */
    record Members(
            ChannelName channel,
            @Nullable MemberPlace after,
            int limit,
            @Nullable String skill,
            @Nullable MemberKind kind)
            implements PresenceCommand {}

    /** Asks where in the partition a subject is; sent to every partition. */
    record Where(String subject) implements PresenceCommand {}

    /** Asks who was there between two times, in milliseconds since 1970. */
    record Visits(ChannelName channel, long fromMs, long toMs) implements PresenceCommand {}

    /** The origin's node begins a life: members of earlier ones are lost. */
    record NodeStarted() implements PresenceCommand {}

    /** A node is dead: its members are lost, and its late commands are refused. */
    record NodeDead(int slot, long incarnation) implements PresenceCommand {}

    /** Time has passed. */
    record Tick() implements PresenceCommand {}

    /** Policies as of this record. */
    record SetPolicies(PresencePolicies policies) implements PresenceCommand {}
}
