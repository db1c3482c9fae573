package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What history has at one offset.
 *
 * @param time log time, in milliseconds of the Unix epoch
 * @param logPosition offset of the publication in its partition
 * @param message null where it is not owed to readers: not stored, dropped or collapsed
 */
public record HistoryEntry(
        long time, long logPosition, @Nullable RealtimeMessage message) {

    /** The message if it is owed to a reader at a time. */
    @Nullable
    RealtimeMessage owedAt(long now) {
        return message == null || isExpired(message, now) ? null : message;
    }

    private boolean isExpired(RealtimeMessage present, long now) {
        Instant expiry = present.expiry();
        Duration timeToLive = present.offline().timeToLive();
        return (expiry != null && !expiry.isAfter(Instant.ofEpochMilli(now)))
                || (timeToLive != null && now - time >= timeToLive.toMillis());
    }

    HistoryEntry stub() {
        return new HistoryEntry(time, logPosition, null);
    }
}
