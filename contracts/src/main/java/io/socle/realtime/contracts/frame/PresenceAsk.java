package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import org.jspecify.annotations.Nullable;

/** What a client asks of presence; {@code docs/protocol/presence.md} has the meaning of each. */
public sealed interface PresenceAsk {
    /** Members of a page where the client does not say. */
    int DEFAULT_MEMBERS = 100;

    /** Most members of a page. */
    int MAX_MEMBERS = 500;

    /** The client's number for the command. */
    long id();

    /** Is here; without an entry under the connection's id. */
    record Enter(long id, ChannelName channel, @Nullable String entry, MemberProfile profile) implements PresenceAsk {}

    /** Is here no more. */
    record Leave(long id, ChannelName channel, @Nullable String entry) implements PresenceAsk {}

    /** Who is here: at most {@code limit}, 1 to {@link #MAX_MEMBERS}. */
    record Members(
            long id,
            ChannelName channel,
            @Nullable MemberPlace after,
            int limit,
            @Nullable String skill,
            @Nullable MemberKind kind)
            implements PresenceAsk {}

    /** Who is here, now and from now on. */
    record Watch(long id, String subscription, ChannelName channel) implements PresenceAsk {}

    /** Where somebody is. */
    record Where(long id, String subject) implements PresenceAsk {}
}
