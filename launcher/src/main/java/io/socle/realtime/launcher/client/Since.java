package io.socle.realtime.launcher.client;

import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.launcher.exit.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Where a subscription begins (clause WS-13), as typed or as remembered for a resume. */
public sealed interface Since {
    /** A place in one channel. */
    record At(String position) implements Since {}

    /** An opaque place that the server gave. */
    record Cursor(String cursor) implements Since {}

    /** The last so many messages of a channel. */
    record Last(long messages) implements Since {}

    /** Messages logged then or later. */
    record Time(Instant time) implements Since {}

    /** The JSON of the frame's field. */
    default String json() {
        return switch (this) {
            case At at -> "{\"position\":" + JsonText.quote(at.position()) + "}";
            case Cursor cursor -> "{\"cursor\":" + JsonText.quote(cursor.cursor()) + "}";
            case Last last -> "{\"last\":" + last.messages() + "}";
            case Time time -> "{\"time\":" + JsonText.quote(time.time().toString()) + "}";
        };
    }

    /** Whether it means one channel, not a filter. */
    default boolean isOfOneChannel() {
        return this instanceof At || this instanceof Last;
    }

    /** Reads {@code POSITION}, {@code TIME}, {@code 10m}, {@code last=N} or {@code cursor=CURSOR}. */
    static Since parse(String text, Clock clock) {
        if (text.startsWith("last=")) {
            return last(text.substring("last=".length()));
        }
        if (text.startsWith("cursor=")) {
            return new Cursor(text.substring("cursor=".length()));
        }
        var duration = Durations.parse(text);
        if (duration.isPresent()) {
            return new Time(clock.instant().minus(duration.get()));
        }
        return time(text)
                .or(() -> position(text))
                .orElseThrow(() -> Refusal.usage("--since " + text
                        + " is no position, no time such as 2026-01-01T12:00:00Z, no duration such as 10m, no last=N and"
                        + " no cursor=CURSOR."));
    }

    private static Since last(String count) {
        if (!count.matches("\\d{1,9}")) {
            throw Refusal.usage("last=" + count + " needs a whole number.");
        }
        return new Last(Long.parseLong(count));
    }

    private static Optional<Since> time(String text) {
        try {
            return Optional.of(new Time(Instant.parse(text)));
        } catch (DateTimeParseException e) {
            // It may still be one of the other forms.
            return Optional.empty();
        }
    }

    private static Optional<Since> position(String text) {
        try {
            return Optional.of(new At(Position.parse(text).toString()));
        } catch (InvalidValueException e) {
            // None of the forms: told by the caller.
            return Optional.empty();
        }
    }
}
