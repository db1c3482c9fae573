package io.socle.realtime.contracts.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one envelope in one pass over its bytes; for one use by one thread. */
public final class JsonReader {
    /** How deep the deepest data lies in its envelope: a history page's items, an item, its message. */
    private static final int ENVELOPE_DEPTH = 4;

    /**
     * Jackson's other limits are lifted: a frame's size is bounded before it comes here, and numbers are never converted
     * unless they are short. Without charset detection the bytes are UTF-8 whatever they begin with, so offsets are bytes.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.JSON_DEPTH + ENVELOPE_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private static final int LONGEST_WHOLE = 20;

    private final byte[] bytes;
    private final Map<String, Json> root = new LinkedHashMap<>();
    private @Nullable String duplicate;

    public JsonReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Throws ProblemException; then {@link #root} has what had been read before. */
    public Json.Fields readObject(Shape shape) {
        read(JsonToken.START_OBJECT, "object", parser -> fields(parser, root, shape, 1));
        return new Json.Fields(root);
    }

    /** Throws ProblemException. */
    public Json.Items readArray(Shape elements) {
        List<Json> values = new ArrayList<>();
        read(JsonToken.START_ARRAY, "array", parser -> items(parser, values, elements, 1));
        return new Json.Items(values);
    }

    /** Reads what lies between an opening token and its end. */
    private interface Content {
        void read(JsonParser parser) throws IOException;
    }

    private void read(JsonToken begin, String expected, Content content) {
        requireUtf8(bytes);
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != begin) {
                throw new ProblemException(FailureCode.MALFORMED_FRAME, "not a JSON " + expected);
            }
            content.read(parser);
            requireEnd(parser);
        } catch (IOException e) {
            throw problem(e);
        }
        if (duplicate != null) {
            throw new ProblemException(FailureCode.DUPLICATE_KEY, "the key " + quoted(duplicate) + " stands twice");
        }
    }

    /** What has been read of the outermost object. */
    public Map<String, Json> root() {
        return root;
    }

    /** Checks that the bytes are one JSON text not nested too deep; throws ProblemException INVALID_DATA or TOO_DEEP. */
    public static void requireJson(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            requireUtf8(text);
            if (parser.nextToken() == null) {
                throw new ProblemException(FailureCode.INVALID_DATA, "data is empty, which is not JSON");
            }
            skip(parser);
            requireEnd(parser);
        } catch (IOException e) {
            throw invalidData(problem(e));
        } catch (ProblemException e) {
            throw invalidData(e);
        }
    }

    /** The text of JSON that is one string; empty where it is another value. */
    public static Optional<String> stringOf(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    private static ProblemException invalidData(ProblemException e) {
        return e.problem().code() == FailureCode.MALFORMED_FRAME
                ? new ProblemException(
                        FailureCode.INVALID_DATA,
                        "data is not JSON: " + e.problem().detail())
                : e;
    }

    private static void requireUtf8(byte[] text) {
        if (!UnsafeByteOperations.unsafeWrap(text).isValidUtf8()) {
            throw new ProblemException(FailureCode.MALFORMED_FRAME, "not UTF-8");
        }
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new ProblemException(FailureCode.MALFORMED_FRAME, "something follows the JSON text");
        }
    }

    private void fields(JsonParser parser, Map<String, Json> into, Shape shape, int depth) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            Json value = shape.isData(key) ? raw(parser) : value(parser, shape.at(key), depth);
            if (into.putIfAbsent(key, value) != null && duplicate == null) {
                // Told only after the rest has been read, so that the answer can name the command's id.
                duplicate = key;
            }
        }
    }

    private void items(JsonParser parser, List<Json> into, Shape shape, int depth) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            into.add(value(parser, shape, depth));
        }
    }

    private Json value(JsonParser parser, Shape shape, int depth) throws IOException {
        return switch (token(parser)) {
            case START_OBJECT -> {
                requireDepth(depth + 1);
                Map<String, Json> values = new LinkedHashMap<>();
                fields(parser, values, shape, depth + 1);
                yield new Json.Fields(values);
            }
            case START_ARRAY -> {
                requireDepth(depth + 1);
                List<Json> values = new ArrayList<>();
                items(parser, values, shape, depth + 1);
                yield new Json.Items(values);
            }
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT -> whole(parser.getText());
            case VALUE_TRUE -> new Json.Flag(true);
            case VALUE_FALSE -> new Json.Flag(false);
            case VALUE_NULL -> new Json.Null();
            default -> new Json.OtherNumber();
        };
    }

    private static Json whole(String digits) {
        if (digits.length() > LONGEST_WHOLE) {
            return new Json.OtherNumber();
        }
        try {
            return new Json.Whole(Long.parseLong(digits));
        } catch (NumberFormatException beyondLong) {
            return new Json.OtherNumber();
        }
    }

    private Json raw(JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        return new Json.Raw(Arrays.copyOfRange(bytes, start, end));
    }

    /** Goes over the current value and checks its syntax and depth; looks at no number and keeps no text. */
    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        JsonToken token = token(parser);
        while (true) {
            if (token.isStructStart()) {
                requireDepth(++depth);
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                // A string is scanned only when asked for; its end is not known before.
                parser.finishToken();
                return;
            }
            token = token(parser.nextToken());
        }
    }

    private static JsonToken token(JsonParser parser) throws JsonParseException {
        return token(parser.currentToken());
    }

    private static JsonToken token(@Nullable JsonToken token) throws JsonParseException {
        if (token == null) {
            throw new JsonParseException(null, "ends within a value");
        }
        return token;
    }

    private static void requireDepth(int depth) {
        if (depth > Limits.JSON_DEPTH) {
            throw tooDeep();
        }
    }

    private static ProblemException tooDeep() {
        return new ProblemException(FailureCode.TOO_DEEP, "nested deeper than " + Limits.JSON_DEPTH);
    }

    /** Jackson's own words are not passed on: they quote the input. */
    private static ProblemException problem(IOException e) {
        String where = e instanceof JsonParseException parse && parse.getLocation() != null
                ? " at byte " + parse.getLocation().getByteOffset()
                : "";
        return new ProblemException(FailureCode.MALFORMED_FRAME, "not well-formed JSON" + where);
    }

    /** The beginning of a name that the client chose, safe to stand in an answer and in a log line. */
    public static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints()
                .limit(40)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(text::appendCodePoint);
        return text.append('"').toString();
    }
}
