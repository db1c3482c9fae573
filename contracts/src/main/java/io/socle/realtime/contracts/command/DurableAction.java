package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.Position;
import org.jspecify.annotations.Nullable;

/** What is done to a durable subscription (clauses DUR). */
public sealed interface DurableAction {
    /**
     * Begin it, or go on with it where it exists; whoever was attached before is told that it no longer is.
     *
     * @param start where a new one begins; null for now. One that exists goes on from its cursor
     * @param pull whether nobody stays attached: the reader comes back for each page
     */
    record Attach(Read.@Nullable Start start, boolean pull) implements DurableAction {}

    /**
     * Everything up to the position has been dealt with.
     *
     * @param delivered offset of the last message that was sent at least once; 0 where the sender does not know
     */
    record Ack(Position position, long delivered) implements DurableAction {}

    /**
     * The attachment is over; the cursor stays.
     *
     * @param delivered as for {@link Ack}
     */
    record Detach(long delivered) implements DurableAction {}

    /** The subscription and its cursor are to be forgotten. */
    record Delete() implements DurableAction {}
}
