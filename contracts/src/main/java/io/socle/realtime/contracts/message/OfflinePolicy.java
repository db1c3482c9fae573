package io.socle.realtime.contracts.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message for a subscriber that is away.
 *
 * @param mode drop it, queue it, or keep only the latest of its collapse key
 * @param timeToLive how long it is worth delivering after it was logged; null means as long as history keeps it
 * @param collapseKey messages of one channel with the same key replace each other; required by {@link Mode#LATEST}
 */
public record OfflinePolicy(
        Mode mode, @Nullable Duration timeToLive, @Nullable String collapseKey) {
    /** Queued as long as history keeps it. */
    public static final OfflinePolicy QUEUE = new OfflinePolicy(Mode.QUEUE, null, null);

    /** What to do for a subscriber that is away. */
    public enum Mode {
        DROP,
        QUEUE,
        LATEST
    }

    public OfflinePolicy {
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new InvalidValueException("offline.timeToLive", "must be more than 0");
        }
        Checks.optionalIdentifier(collapseKey, "offline.collapseKey");
        if (mode == Mode.LATEST && collapseKey == null) {
            throw new InvalidValueException("offline.collapseKey", "is required by mode latest");
        }
    }
}
