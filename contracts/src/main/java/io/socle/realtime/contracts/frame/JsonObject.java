package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes typed fields out of an envelope's object; every method throws ProblemException naming the field.
 *
 * @param path put before field names in details, such as {@code message.}
 */
record JsonObject(Map<String, Json> values, String path) {
    void allowOnly(Set<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new ProblemException(
                        FailureCode.UNKNOWN_FIELD, "unknown field " + JsonReader.quoted(path + name));
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** How many of the names are there. */
    int count(String... names) {
        int count = 0;
        for (String name : names) {
            count += has(name) ? 1 : 0;
        }
        return count;
    }

    <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new ProblemException(FailureCode.MISSING_FIELD, path + name + " is missing");
        }
        return value;
    }

    @Nullable
    String textOrNull(String name) {
        Json value = values.get(name);
        if (value == null) {
            return null;
        }
        return value instanceof Json.Text(String text) ? text : wrongType(name, "a string");
    }

    String text(String name) {
        return required(name, textOrNull(name));
    }

    /** An integer literal from {@code least} to {@code most}; 1.0 and 1e3 are none. */
    @Nullable
    Long wholeOrNull(String name, long least, long most) {
        Json value = values.get(name);
        return switch (value) {
            case null -> null;
            case Json.Whole(long number) when number >= least && number <= most -> number;
            case Json.Whole whole -> throw outOfRange(name, least, most);
            case Json.OtherNumber other -> throw outOfRange(name, least, most);
            default -> wrongType(name, "an integer");
        };
    }

    long whole(String name, long least, long most) {
        return required(name, wholeOrNull(name, least, most));
    }

    private ProblemException outOfRange(String name, long least, long most) {
        return new ProblemException(
                FailureCode.INVALID_VALUE, path + name + " must be an integer from " + least + " to " + most);
    }

    boolean flag(String name, boolean otherwise) {
        return switch (values.get(name)) {
            case null -> otherwise;
            case Json.Flag(boolean value) -> value;
            default -> wrongType(name, "true or false");
        };
    }

    @Nullable
    Boolean flagOrNull(String name) {
        return has(name) ? flag(name, false) : null;
    }

    @Nullable
    JsonObject objectOrNull(String name) {
        return switch (values.get(name)) {
            case null -> null;
            case Json.Fields(Map<String, Json> fields) -> new JsonObject(fields, path + name + ".");
            default -> wrongType(name, "an object");
        };
    }

    JsonObject object(String name) {
        return required(name, objectOrNull(name));
    }

    List<Json> items(String name) {
        return switch (values.get(name)) {
            case null -> List.of();
            case Json.Items(List<Json> items) -> items;
            default -> wrongType(name, "an array");
        };
    }

    List<String> texts(String name) {
        return items(name).stream()
                .map(item -> item instanceof Json.Text(String text) ? text : this.<String>wrongType(name, "of strings"))
                .toList();
    }

    @Nullable
    ChannelName channelOrNull(String name) {
        return parsed(name, FailureCode.INVALID_CHANNEL, ChannelName::new);
    }

    ChannelName channel(String name) {
        return required(name, channelOrNull(name));
    }

    @Nullable
    ChannelFilter filterOrNull(String name) {
        return parsed(name, FailureCode.INVALID_FILTER, ChannelFilter::new);
    }

    @Nullable
    Position positionOrNull(String name) {
        return parsed(name, FailureCode.INVALID_CURSOR, Position::parse);
    }

    Position position(String name) {
        return required(name, positionOrNull(name));
    }

    @Nullable
    Instant timeOrNull(String name) {
        return parsed(name, FailureCode.INVALID_VALUE, Rfc3339::parse);
    }

    @Nullable
    String identifierOrNull(String name) {
        return parsed(name, FailureCode.INVALID_VALUE, text -> Rules.identifier(path + name, text));
    }

    String identifier(String name) {
        return required(name, identifierOrNull(name));
    }

    @Nullable
    String cursorOrNull(String name) {
        return parsed(name, FailureCode.INVALID_CURSOR, text -> Rules.cursor(path + name, text));
    }

    String cursor(String name) {
        return required(name, cursorOrNull(name));
    }

    /** A place among the members of a channel. */
    @Nullable
    MemberPlace placeOrNull(String name) {
        return parsed(name, FailureCode.INVALID_CURSOR, MemberPlace::parse);
    }

    /** One of the words of an enum, in lower case. */
    <E extends Enum<E>> @Nullable E wordOrNull(String name, Class<E> type) {
        return parsed(name, FailureCode.INVALID_VALUE, text -> Rules.word(path + name, type, text));
    }

    private <T> @Nullable T parsed(String name, FailureCode code, Function<String, T> parse) {
        String text = textOrNull(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (InvalidValueException e) {
            throw new ProblemException(code, path + name + ": " + e.getMessage());
        }
    }

    <T> T wrongType(String name, String expected) {
        throw new ProblemException(FailureCode.MALFORMED_FRAME, path + name + " must be " + expected);
    }
}
