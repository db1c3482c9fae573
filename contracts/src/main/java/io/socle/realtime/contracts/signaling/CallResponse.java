package io.socle.realtime.contracts.signaling;

import java.util.Locale;

/** What somebody who is called answers. */
public enum CallResponse {
    ACCEPT,
    REJECT,
    BUSY;

    /** The word in frames: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
