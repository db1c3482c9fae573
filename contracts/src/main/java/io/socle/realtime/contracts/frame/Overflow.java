package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.Qos;
import java.util.Locale;

/** What happens to a subscription whose client reads too slowly (clause WS-15). */
public enum Overflow {
    /** Fall back to the log and catch up later; nothing is lost. */
    RECOVER,
    /** Forget the oldest queued message. */
    DROP_OLDEST,
    /** Keep only the newest message of each collapse key, then as {@link #RECOVER}. */
    CONFLATE;

    /** What applies where the client does not say: drop for QoS 0, recover above. */
    public static Overflow defaultFor(Qos qos) {
        return qos == Qos.AT_MOST_ONCE ? DROP_OLDEST : RECOVER;
    }

    /** The word in frames: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
