package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;

/**
 * A message that was given to a member of a shared subscription, or that waits to be given to another.
 *
 * @param generation the membership that it is under way to; one that is over, or 0, means that it waits
 * @param channel of the message
 * @param offset of the message in its channel
 * @param once whether it is not to be sent a second time: it goes at QoS 0
 * @param bytes what it counts against the member's window
 * @param receivers the subjects that may receive it; none means everybody
 */
public record SharedFlight(
        long generation, String channel, long offset, boolean once, int bytes, List<String> receivers) {
    public SharedFlight {
        receivers = List.copyOf(receivers);
    }

    /** A message that is not under way yet. */
    static SharedFlight of(RealtimeMessage message, long offset) {
        return new SharedFlight(
                0,
                message.channel().value(),
                offset,
                false,
                Sizes.of(message),
                message.privacy().receivers());
    }

    SharedFlight to(long member, boolean isOnce) {
        return new SharedFlight(member, channel, offset, isOnce, bytes, receivers);
    }

    boolean isPrivate() {
        return !receivers.isEmpty();
    }
}
