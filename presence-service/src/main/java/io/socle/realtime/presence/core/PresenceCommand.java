package io.socle.realtime.presence.core;

/** What the commands topic may hold. */
public sealed interface PresenceCommand {
    /** A record of no kind that this version knows. */
    record Unknown(String reason) implements PresenceCommand {}
}
