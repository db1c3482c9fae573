package io.socle.realtime.contracts.signaling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a room's owner. */
public sealed interface RoomAction {
    /** A peer's connection: the gateway's name for it, unique among all of the gateway's. */
    String connection();

    /**
     * A connection becomes a peer of the room, or goes on as one.
     *
     * @param secret the digest of what the peer comes back with
     * @param permitted whether the token says that it may; else it has to be called there
     * @param resume the membership that it goes on with; null for a new one
     */
    record Join(
            String connection,
            String subject,
            String secret,
            boolean permitted,
            @Nullable Metadata metadata,
            @Nullable Resume resume)
            implements RoomAction {}

    /**
     * What a peer that comes back says of itself.
     *
     * @param after the sequence of the last thing that it was told
     */
    record Resume(long peer, long after) {}

    /** A connection's peer says something to another. */
    record Say(String connection, long to, Signal signal) implements RoomAction {}

    /** A connection's peer changes what it says of itself. */
    record Update(String connection, @Nullable Metadata metadata) implements RoomAction {}

    /** A connection's peer goes for good. */
    record Leave(String connection) implements RoomAction {}

    /** A connection is gone: its peer may come back. */
    record Lost(String connection) implements RoomAction {}

    /** A connection's peer needs the servers anew. */
    record Servers(String connection) implements RoomAction {}

    /** A connection's peer calls others into the room. */
    record Ring(
            String connection,
            List<String> callees,
            int timeoutMs,
            @Nullable Metadata metadata) implements RoomAction {
        public Ring {
            callees = List.copyOf(callees);
        }
    }

    /** Somebody who is called answers, on this connection. */
    record Respond(String connection, String subject, long call, CallResponse response) implements RoomAction {}

    /** A connection's peer ends the call that it began. */
    record Cancel(String connection, long call) implements RoomAction {}
}
