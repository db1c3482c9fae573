package io.socle.realtime.e2e.history;

/**
 * A broken promise.
 *
 * @param kind which
 * @param detail what exactly, for people
 */
public record Violation(Kind kind, String detail) {
    /** The promises, by the names of their breaches. */
    public enum Kind {
        /** An acknowledged message never came to a subscription that covers it, and was not told as lost (PUB-1). */
        ACKED_LOSS,
        /** A position was left out in silence (WS-22). */
        GAP,
        /** A position came after a later one (ORD-1). */
        OUT_OF_ORDER,
        /** A position came twice in one life of a subscription (SUB-2). */
        DUPLICATE,
        /** Something at or before the cursor came after a resume from it (SUB-2). */
        BEFORE_CURSOR,
        /** A message came with another payload than it was sent with. */
        PAYLOAD_CHANGED,
        /** Two messages were seen at one position (ORD-1). */
        TWO_AT_A_POSITION,
        /** One message id was seen at two positions (PUB-4). */
        ID_AT_TWO_POSITIONS,
        /** A message came that nobody sent. */
        NEVER_SENT,
        /** A message was published although all of its attempts were refused (PUB-2). */
        REFUSED_BUT_PUBLISHED,
        /** A message got a position before one that was acknowledged before it was sent. */
        BEHIND_AN_ACK,
        /** A channel's epoch changed (ORD-3). */
        EPOCH_CHANGED,
        /** History had what was told as lost (SUB-4). */
        FALSE_LOSS,
        /** Something was skipped though everything was owed (SUB-3). */
        FALSE_SKIP,
        /** A lost or skipped range is empty, or has what the subscription already had (WS-22). */
        WRONG_RANGE,
        /** The word caught_up came before everything missed (WS-20). */
        FALSE_CAUGHT_UP,
        /** A subscription did not have everything in time after the heal, or did not stand at the end. */
        NOT_CAUGHT_UP,
        /** A cursor that the server gave was refused (SUB-2). */
        CURSOR_REFUSED,
        /** A durable subscription went on after something that was never acknowledged (DUR-3). */
        CURSOR_BEYOND_ACKS,
        /** A durable subscription's cursor is before where it was already (DUR-3). */
        CURSOR_WENT_BACK,
        /** After the heal an acknowledgement was not handed on in time (DUR-3). */
        ACK_FORGOTTEN
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
