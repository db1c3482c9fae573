package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Inbox;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.PresenceChannels;
import org.jspecify.annotations.Nullable;

/** Whether a principal may do a thing; null means yes. Every transport asks here and nowhere else (clause WS-18). */
public final class Permissions {
    private Permissions() {}

    public static @Nullable Problem publish(Principal who, MessageDraft message, SessionLimits limits) {
        if (message.channel().isSystem()) {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        if (!who.capabilities().mayPublish(message.channel())) {
            return Problem.of(FailureCode.FORBIDDEN);
        }
        if (message.data().size() > limits.dataBytes()) {
            return new Problem(
                    FailureCode.PAYLOAD_TOO_LARGE, "message.data is longer than " + limits.dataBytes() + " bytes");
        }
        return null;
    }

    public static @Nullable Problem subscribe(Principal who, ChannelFilter filter, boolean replay) {
        if (Inbox.isOf(who.subject(), filter)) {
            return null;
        }
        ChannelFilter wanted = PresenceChannels.watchedBy(filter).orElse(filter);
        if (wanted.value().charAt(0) == '$') {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        if (!who.capabilities().maySubscribe(wanted)
                || (replay && !who.capabilities().mayReadHistory(wanted))) {
            return Problem.of(FailureCode.FORBIDDEN);
        }
        return null;
    }

    public static @Nullable Problem history(Principal who, ChannelName channel) {
        if (Inbox.isOf(who.subject(), ChannelFilter.of(channel))) {
            return null;
        }
        ChannelName read = PresenceChannels.watchedBy(channel).orElse(channel);
        if (read.isSystem()) {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        return who.capabilities().mayReadHistory(ChannelFilter.of(read)) ? null : Problem.of(FailureCode.FORBIDDEN);
    }

    /** Whether it may read the past of all that a filter selects, presence told on a channel being as its channel. */
    public static boolean readsHistory(Principal who, ChannelFilter filter) {
        return who.capabilities()
                .mayReadHistory(PresenceChannels.watchedBy(filter).orElse(filter));
    }

    /** Whether a channel may have members at all. */
    public static @Nullable Problem presence(ChannelName channel) {
        if (channel.isSystem()) {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        try {
            PresenceChannels.of(channel);
            return null;
        } catch (InvalidValueException e) {
            return new Problem(FailureCode.INVALID_CHANNEL, "the name is too long for a channel with members");
        }
    }

    public static @Nullable Problem enter(Principal who, ChannelName channel) {
        Problem refusal = presence(channel);
        return refusal == null && !who.capabilities().mayEnter(channel) ? Problem.of(FailureCode.FORBIDDEN) : refusal;
    }

    /** Who is there may be known to whoever may be told of it. */
    public static @Nullable Problem members(Principal who, ChannelName channel) {
        Problem refusal = presence(channel);
        return refusal == null && !who.capabilities().maySubscribe(ChannelFilter.of(channel))
                ? Problem.of(FailureCode.FORBIDDEN)
                : refusal;
    }

    /** A room that the token does not cover may be one that its owner knows the subject to be called into (clause SIG-56). */
    public static @Nullable Problem room(Principal who, ChannelName room) {
        if (room.isSystem()) {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        return who.capabilities().denies(ChannelFilter.of(room)) ? Problem.of(FailureCode.FORBIDDEN) : null;
    }

    public static @Nullable Problem delete(Principal who, ChannelName channel) {
        if (channel.isSystem()) {
            return Problem.of(FailureCode.RESERVED_CHANNEL);
        }
        return who.capabilities().mayDelete(channel) ? null : Problem.of(FailureCode.FORBIDDEN);
    }
}
