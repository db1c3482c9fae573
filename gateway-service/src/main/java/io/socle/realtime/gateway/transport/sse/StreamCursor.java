package io.socle.realtime.gateway.transport.sse;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Since;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a whole event stream: the cursors of its subscriptions in the order of the query, joined by a tilde,
 * which occurs in none of them. An empty part is a subscription that had not begun.
 */
final class StreamCursor {
    private static final String SEPARATOR = "~";

    private final String[] cursors;

    StreamCursor(int subscriptions) {
        cursors = new String[subscriptions];
        Arrays.fill(cursors, "");
    }

    /**
     * The cursor of a stream that begins there: a part that has not begun yet is still where it is to begin, so that a
     * stream that breaks before all parts stand is resumed without a loss.
     */
    static StreamCursor beginning(List<@Nullable Since> since) {
        var cursor = new StreamCursor(since.size());
        for (int i = 0; i < since.size(); i++) {
            if (since.get(i) instanceof Since.AtCursor(String from)) {
                cursor.move(i, from);
            }
        }
        return cursor;
    }

    void move(int subscription, String cursor) {
        cursors[subscription] = cursor;
    }

    String text() {
        return String.join(SEPARATOR, cursors);
    }

    /** Throws ProblemException where the text is not of so many subscriptions. */
    static List<@Nullable Since> parse(String text, int subscriptions) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != subscriptions) {
            throw new ProblemException(
                    FailureCode.INVALID_CURSOR, "the last event id is not of this stream's channels and filters");
        }
        List<@Nullable Since> since = new ArrayList<>();
        for (String part : parts) {
            since.add(part.isEmpty() ? null : new Since.AtCursor(part));
        }
        return since;
    }
}
