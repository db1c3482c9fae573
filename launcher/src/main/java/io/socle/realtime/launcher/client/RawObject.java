package io.socle.realtime.launcher.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values are kept as the text that was received: data goes out exactly as it came in.
 *
 * @param fields raw JSON text by field name
 */
public record RawObject(Map<String, String> fields) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Throws IOException where the text is not one JSON object. */
    public static RawObject parse(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            var fields = new LinkedHashMap<String, String>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
                finishValue(parser);
                int to = Math.toIntExact(parser.currentLocation().getCharOffset());
                fields.put(name, text.substring(from, to).strip());
            }
            return new RawObject(fields);
        }
    }

    /** Strings are read lazily: without this the parser still stands at the opening quote. */
    private static void finishValue(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
    }

    /** Throws IOException, with where and why, if the text is not one JSON value. */
    public static void checkJson(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("nothing there");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
    }

    /** The raw JSON text of a field, or null where it is absent. */
    public @Nullable String raw(String name) {
        return fields.get(name);
    }

    /** A string or scalar as text, or null where it is absent or null. */
    public @Nullable String text(String name) throws IOException {
        String raw = fields.get(name);
        if (raw == null || raw.equals("null")) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(raw)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** As {@link #text}, or another value where it is absent. */
    public String text(String name, String absent) throws IOException {
        String text = text(name);
        return text == null ? absent : text;
    }

    public boolean isTrue(String name) {
        return "true".equals(fields.get(name));
    }
}
