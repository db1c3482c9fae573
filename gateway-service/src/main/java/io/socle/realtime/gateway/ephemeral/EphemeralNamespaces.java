package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which namespaces are ephemeral, and what their channels cannot do.
 *
 * @param names first segments of channel names
 */
public record EphemeralNamespaces(Set<String> names) {
    public EphemeralNamespaces {
        names = Set.copyOf(names);
    }

    public boolean contains(ChannelName channel) {
        return names.contains(channel.namespace());
    }

    /** Whether a filter selects ephemeral channels only: its first segment is no wildcard. */
    public boolean contains(ChannelFilter filter) {
        return names.contains(filter.segments().getFirst());
    }

    /** Why an ephemeral channel cannot take a publish; null where it can (clause EPH-4). */
    static @Nullable Problem refusal(RealtimeMessage message, @Nullable ProducerSequence producer) {
        if (message.retain()) {
            return refusal("an ephemeral channel has no retained message");
        }
        return producer == null ? null : refusal("publishes to an ephemeral channel are not numbered");
    }

    /** A refusal of what an ephemeral channel lacks. */
    public static Problem refusal(String detail) {
        return new Problem(FailureCode.EPHEMERAL_CHANNEL, detail);
    }
}
