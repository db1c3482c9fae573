package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.gateway.session.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Presence without a connection, for request and reply protocols. Every request is checked against the principal's
 * capabilities. Stages complete on any thread, exceptionally with a ProblemException; safe for use by all threads.
 */
public interface PresenceRequests {
    /** A page of members; the ask's id means nothing. */
    CompletionStage<PresenceReply.Members> members(Principal who, PresenceAsk.Members ask);

    /** The principal is a member for some time; answers the channel's version. */
    CompletionStage<Long> enter(Principal who, ChannelName channel, String entry, MemberProfile profile, Duration ttl);

    /** The principal is a member under this entry no more, whoever entered it; answers the channel's version. */
    CompletionStage<Long> leave(Principal who, ChannelName channel, String entry);

    /** Where a subject is, as far as the principal may know; the id means nothing. */
    CompletionStage<PresenceTold.Whereabouts> where(Principal who, String subject);

    /** Who was there within a time. */
    CompletionStage<PresenceReply.Visits> visits(Principal who, ChannelName channel, Instant from, Instant to);
}
