package io.socle.realtime.contracts.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message for a subscriber that is away.
 *
 * @param mode drop it, queue it, or keep only the latest of its collapse key
 * @param timeToLive how long it is worth delivering after it was logged, 1 to 2^53-1 whole ms; null means as long as history keeps it
 * @param collapseKey messages of one channel with the same key replace each other; required by {@link Mode#LATEST}
 */
public record OfflinePolicy(
        Mode mode, @Nullable Duration timeToLive, @Nullable String collapseKey) {
    /** Queued as long as history keeps it. */
    public static final OfflinePolicy QUEUE = new OfflinePolicy(Mode.QUEUE, null, null);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMillis((1L << 53) - 1);

    /** What to do for a subscriber that is away. */
    public enum Mode {
        DROP,
        QUEUE,
        LATEST
    }

    public OfflinePolicy {
        if (timeToLive != null) {
            checkTimeToLive(timeToLive);
        }
        Checks.optionalIdentifier(collapseKey, "offline.collapseKey");
        if (mode == Mode.LATEST && collapseKey == null) {
            throw new InvalidValueException("offline.collapseKey", "is required by mode latest");
        }
    }

    /** The log and the protocols carry milliseconds: what they could not give back equal is refused here. */
    private static void checkTimeToLive(Duration timeToLive) {
        boolean whole = timeToLive.getNano() % 1_000_000 == 0;
        if (!whole || timeToLive.compareTo(SHORTEST) < 0 || timeToLive.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("offline.timeToLive", "must be whole milliseconds from 1 to 2^53-1");
        }
    }
}
