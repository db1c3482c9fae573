package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.Position;

/** Which part of a channel's history is asked for, and so in which direction (clause WS-17). */
public sealed interface HistoryRange {
    /** The last so many messages, 1 to 2^53-1, newest first. */
    record Newest(long messages) implements HistoryRange {}

    /** What lies before a position, newest first. */
    record Before(Position position) implements HistoryRange {}

    /** What lies after a position or was logged since a time, oldest first; never AtCursor or Last. */
    record From(Since since) implements HistoryRange {}
}
