package io.socle.realtime.contracts.message;

import java.util.Optional;

/** Names of the channels on which presence is told (clause PRS-20). */
public final class PresenceChannels {
    private static final String PREFIX = "$presence/";

    private PresenceChannels() {}

    /** Where a channel's presence is told; throws InvalidValueException where that is no channel's name. */
    public static ChannelName of(ChannelName channel) {
        return new ChannelName(PREFIX + channel.value());
    }

    /** The channel whose presence is told on this one; empty where none is. */
    public static Optional<ChannelName> watchedBy(ChannelName channel) {
        return rest(channel.value()).map(ChannelName::new);
    }

    /** The channels whose presence a filter selects; empty where it selects none. */
    public static Optional<ChannelFilter> watchedBy(ChannelFilter filter) {
        return rest(filter.value()).map(ChannelFilter::new);
    }

    /** System channels have no members. */
    private static Optional<String> rest(String name) {
        return name.startsWith(PREFIX) && name.length() > PREFIX.length() && name.charAt(PREFIX.length()) != '$'
                ? Optional.of(name.substring(PREFIX.length()))
                : Optional.empty();
    }
}
