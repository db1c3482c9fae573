package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.Position;
import java.time.Instant;

/** Where a subscription or a read of history begins (clause WS-13). */
public sealed interface Since {
    /** After a position that the reader has; of one channel only. */
    record AtPosition(Position position) implements Since {}

    /** After the place of a cursor that the server gave. */
    record AtCursor(String cursor) implements Since {}

    /** With the last so many messages, 1 to 2^53-1; of one channel only. */
    record Last(long messages) implements Since {}

    /** With the first message logged at a time or later. */
    record AtTime(Instant time) implements Since {}
}
