package io.socle.realtime.launcher.client;

import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One subscription that survives reconnects: it remembers the last place that was delivered. */
final class Wanted {
    private final String name;
    private final String filter;
    private @Nullable Since since;

    Wanted(String name, String filter, @Nullable Since since) {
        this.name = name;
        this.filter = filter;
        this.since = since;
        if (since != null && since.isOfOneChannel() && !isChannel()) {
            throw Refusal.usage("A position or last=N needs one channel, and " + filter + " is a filter; use a time.");
        }
    }

    String name() {
        return name;
    }

    String filter() {
        return filter;
    }

    private boolean isChannel() {
        return filter.indexOf('+') < 0 && filter.indexOf('#') < 0;
    }

    /** The frame that subscribes from the remembered place. */
    String subscribeFrame(long id) {
        return "{\"type\":\"subscribe\",\"id\":" + id
                + ",\"subscription\":" + JsonText.quote(name)
                + ",\"" + (isChannel() ? "channel" : "filter") + "\":" + JsonText.quote(filter)
                + (since == null ? "" : ",\"since\":" + since.json()) + "}";
    }

    /** Remembers the place of a push of this subscription: a cursor, a message's position, or the end of a range. */
    void remember(RawObject frame) throws IOException {
        String cursor = frame.text("cursor");
        String message = frame.raw("message");
        if (cursor != null) {
            since = isChannel() && isPosition(cursor) ? new Since.At(cursor) : new Since.Cursor(cursor);
        } else if (isChannel()) {
            String position = message == null
                    ? frame.text("to")
                    : RawObject.parse(message).text("position");
            since = position == null ? since : new Since.At(position);
        }
    }

    private static boolean isPosition(String text) {
        try {
            Position.parse(text);
            return true;
        } catch (InvalidValueException e) {
            // Then it is an opaque cursor, which is as good.
            return false;
        }
    }
}
