package io.socle.realtime.presence.core;

/** What a gateway node says of itself on the log. */
public sealed interface NodeEvent {
    int slot();

    /** It takes a slot; the incarnation is the log offset of this very claim, so it grows with every claim. */
    record Claimed(int slot, long incarnation, String node) implements NodeEvent {}

    /** It is alive. */
    record Beat(int slot, long incarnation) implements NodeEvent {}

    /** It leaves of its own will. */
    record Released(int slot, long incarnation) implements NodeEvent {}
}
