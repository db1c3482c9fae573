package io.socle.realtime.contracts.message;

import java.util.Locale;

/** What a member of a channel is. */
public enum MemberKind {
    HUMAN,
    AGENT,
    DEVICE,
    SERVICE;

    /** The word in frames: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
