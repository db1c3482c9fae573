package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;

/** The system's channel on which one subject is told what concerns it alone, and to which nobody else may subscribe (clause SIG-52). */
public final class Inbox {
    private static final String PREFIX = "$inbox/";

    private Inbox() {}

    /** Throws InvalidValueException where the subject cannot stand in a channel's name. */
    public static ChannelName of(String subject) {
        return new ChannelName(PREFIX + subject);
    }

    /** Whether a filter selects a subject's inbox and nothing else. */
    public static boolean isOf(String subject, ChannelFilter filter) {
        return filter.isExact() && filter.value().equals(PREFIX + subject);
    }
}
