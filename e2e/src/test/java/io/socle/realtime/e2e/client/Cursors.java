package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Where a subscription stands after a frame (clauses SUB-1, SUB-6). */
public final class Cursors {
    private Cursors() {}

    /** The place after the frame; null where the frame moves nothing, as skipped and lost do for a filter. */
    public static @Nullable String after(ServerFrame frame, boolean filter) {
        return switch (frame) {
            case ServerFrame.Subscribed subscribed -> subscribed.cursor();
            case ServerFrame.Message message -> filter ? message.cursor() : position(message);
            case ServerFrame.CaughtUp caughtUp -> caughtUp.cursor();
            case ServerFrame.Skipped skipped -> filter ? null : skipped.to().toString();
            case ServerFrame.Lost lost -> filter ? null : lost.to().toString();
            case ServerFrame.LostUntil lost -> lost.cursor();
            default -> null;
        };
    }

    private static @Nullable String position(ServerFrame.Message message) {
        var position = message.message().position();
        return position == null ? null : position.toString();
    }
}
