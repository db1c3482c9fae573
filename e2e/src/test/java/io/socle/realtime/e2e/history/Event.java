package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;
import java.util.Set;

/**
 * One thing that a client did or saw. Payloads are told by a hash. A subscription lives as long as it goes on from where
 * it was, over any number of links; its cursors are opaque but for those of one channel, which are positions.
 */
public sealed interface Event {
    /** What a publisher did or heard. */
    sealed interface Publishing extends Event {
        String channel();

        String id();
    }

    /** What happened to a subscription. */
    sealed interface Reading extends Event {
        String subscription();
    }

    /** An attempt to publish is about to be sent; a retry is another one. */
    record Send(String channel, String id, long payload) implements Publishing {}

    record Ack(String channel, String id, Position position, boolean repeat) implements Publishing {}

    /** Nothing was published by this attempt, says the answer. */
    record Refused(String channel, String id, String code) implements Publishing {}

    /** No answer, or one that says that the outcome is unknown. */
    record Unknown(String channel, String id, String why) implements Publishing {}

    /** Asks to begin from now; whatever the subscription had before is forgotten. */
    record Subscribe(String subscription, Set<String> channels) implements Reading {
        public Subscribe {
            channels = Set.copyOf(channels);
        }
    }

    /** Asks to go on after the cursor. */
    record Resume(String subscription, String cursor) implements Reading {}

    /** The server says that it stands; the cursor is empty where the transport does not tell it. */
    record Subscribed(String subscription, String cursor) implements Reading {}

    /** A message; the cursor is the place after it. */
    record Deliver(String subscription, String channel, Position position, String id, long payload, String cursor)
            implements Reading {}

    /** The cursor moved without a message. */
    record Place(String subscription, String cursor) implements Reading {}

    record CaughtUp(String subscription, String cursor) implements Reading {}

    /** Positions, both included, that history no longer has; the cursor is empty where it did not move. */
    record Lost(String subscription, String channel, Position from, Position to, String cursor) implements Reading {}

    /** Positions, both included, that are not owed; the cursor is empty where it did not move. */
    record Skipped(String subscription, String channel, Position from, Position to, String cursor) implements Reading {}

    /** A filter's index no longer reaches back: only after the cursor is everything there. */
    record LostUntil(String subscription, String cursor) implements Reading {}

    /** The server would not go on after the cursor, for good. */
    record ResumeRefused(String subscription, String cursor, String code) implements Reading {}

    /** The link is gone, by whomever. */
    record Disconnect(String subscription) implements Reading {}

    /** The client does not come back: what comes later is not owed any more. */
    record Leave(String subscription) implements Reading {}

    /** Asks to be attached to the durable subscription of that name, which begins now where it is not there. */
    record Attach(String subscription, String channel) implements Reading {}

    /** The server says that it is attached, and what it takes as acknowledged. */
    record Attached(String subscription, Position cursor) implements Reading {}

    /** Acknowledges everything up to the position. */
    record Acknowledge(String subscription, Position position) implements Reading {}

    /** From now on faults strike. */
    record Struck() implements Event {}

    /** All faults are over and all processes are ready. */
    record Healed() implements Event {}
}
