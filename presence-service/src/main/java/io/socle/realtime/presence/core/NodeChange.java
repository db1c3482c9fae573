package io.socle.realtime.presence.core;

/** How an event changed the directory of nodes. */
public sealed interface NodeChange {
    /** A node is there. */
    record Joined(LiveNode node) implements NodeChange {}

    /** A node is there no more. */
    record Left(LiveNode node, Cause cause) implements NodeChange {}

    /** The event is of an incarnation that does not hold the slot, and changed nothing. */
    record Refused(NodeEvent event) implements NodeChange {}

    /** Why a node left. */
    enum Cause {
        RELEASED,
        EXPIRED,
        REPLACED
    }
}
