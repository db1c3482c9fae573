package io.socle.realtime.contracts.signaling;

import java.util.Locale;

/** What has become of a call for one who is called (clause SIG-50). */
public enum CallState {
    RINGING,
    ACCEPTED,
    REJECTED,
    BUSY,
    CANCELLED,
    TIMEOUT;

    /** The word in frames: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
