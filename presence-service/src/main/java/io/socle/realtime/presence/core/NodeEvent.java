package io.socle.realtime.presence.core;

/** What the log says of gateway nodes. */
public sealed interface NodeEvent {
    /** It takes a slot; the incarnation is the log offset of this very claim, so it grows with every claim. */
    record Claimed(int slot, long incarnation, String node) implements NodeEvent {}

    /** It is alive. */
    record Beat(int slot, long incarnation) implements NodeEvent {}

    /** It leaves of its own will. */
    record Released(int slot, long incarnation) implements NodeEvent {}

    /** Time passes. */
    record Ticked() implements NodeEvent {}
}
