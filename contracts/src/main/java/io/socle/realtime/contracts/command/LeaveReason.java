package io.socle.realtime.contracts.command;

import java.util.Locale;

/** Why a member is there no more. */
public enum LeaveReason {
    LEFT,
    LOST,
    EXPIRED,
    FORBIDDEN;

    /** The word in messages: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
