package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answers of presence; {@code docs/protocol/presence.md} has the meaning of each. */
public sealed interface PresenceTold {
    /** Answers enter. */
    record Entered(long id, ChannelName channel, String entry, long version) implements PresenceTold {}

    /** Answers leave. */
    record Left(long id, ChannelName channel, String entry, long version) implements PresenceTold {}

    /**
     * Answers members, and follows the answer to watch.
     *
     * @param subscription that of watch; null for members
     */
    record Members(long id, @Nullable String subscription, ChannelName channel, PresenceReply.Members page)
            implements PresenceTold {}

    /**
     * Answers where.
     *
     * @param present in the order of channels
     * @param lastSeen when the subject last left a channel; null where that is not known
     */
    record Whereabouts(
            long id,
            String subject,
            List<PresenceReply.Place> present,
            @Nullable Instant lastSeen) implements PresenceTold {
        public Whereabouts {
            present = List.copyOf(present);
        }
    }
}
