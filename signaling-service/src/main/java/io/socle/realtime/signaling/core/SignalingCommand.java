package io.socle.realtime.signaling.core;

/** What the commands topic may hold. */
public sealed interface SignalingCommand {
    /** A record of no kind that this version knows. */
    record Unknown(String reason) implements SignalingCommand {}
}
