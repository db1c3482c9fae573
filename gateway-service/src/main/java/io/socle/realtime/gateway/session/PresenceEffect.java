package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberProfile;
import org.jspecify.annotations.Nullable;

/** What a session wants done about presence. */
public sealed interface PresenceEffect {
    /**
     * Have a member enter, and tell the session the answer.
     *
     * @param number tells it from others of the connection, whose ids are the client's
     */
    record Enter(long id, MemberKey key, MemberProfile profile, long number) implements PresenceEffect {}

    /** Have a member leave, and tell the session the answer to the command; without an id nobody waits for it. */
    record Leave(@Nullable Long id, MemberKey key, LeaveReason reason) implements PresenceEffect {}

    /**
     * Ask for a page of members, and tell the session the answer.
     *
     * @param subscription that of watch; null for the command members
     */
    record Read(PresenceAsk.Members ask, @Nullable String subscription) implements PresenceEffect {}

    /** Ask where somebody is, as far as the principal may know, and tell the session the answer. */
    record Find(PresenceAsk.Where ask, Principal who) implements PresenceEffect {}
}
