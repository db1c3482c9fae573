package io.socle.realtime.contracts.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes compact JSON straight into UTF-8 bytes; an own writer because data is copied in unparsed and this runs once per
 * delivery. For one use by one thread. Keys are constants of the protocol and are written without escaping.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String FIELD_NAME_END = "\":";

    private byte[] buffer;
    private int size;
    /** Whether the next key is the first of its object. */
    private boolean first = true;

    public JsonWriter(int expectedBytes) {
        this.buffer = new byte[expectedBytes];
    }

    public byte[] toBytes() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }

    public JsonWriter beginObject() {
        put('{');
        first = true;
        return this;
    }

    public JsonWriter endObject() {
        put('}');
        first = false;
        return this;
    }

    public JsonWriter key(String name) {
        if (!first) {
            put(',');
        }
        first = false;
        put('"');
        ascii(name);
        ascii(FIELD_NAME_END);
        return this;
    }

    /** A key that a user chose. */
    public JsonWriter name(String name) {
        if (!first) {
            put(',');
        }
        first = false;
        return string(name).put(':');
    }

    public JsonWriter field(String name, String value) {
        return key(name).string(value);
    }

    public JsonWriter field(String name, long value) {
        return key(name).ascii(Long.toString(value));
    }

    public JsonWriter field(String name, boolean value) {
        return key(name).ascii(value ? "true" : "false");
    }

    public JsonWriter field(String name, Instant value) {
        return key(name).time(value);
    }

    public JsonWriter optional(String name, @Nullable Object value) {
        return switch (value) {
            case null -> this;
            case Number number -> field(name, number.longValue());
            case Instant time -> field(name, time);
            default -> field(name, value.toString());
        };
    }

    /** An array, each element written by the caller's action. */
    public <T> JsonWriter array(String name, Iterable<T> items, Consumer<T> each) {
        return key(name).elements(items, each);
    }

    /** An array where no key stands before it. */
    public <T> JsonWriter elements(Iterable<T> items, Consumer<T> each) {
        put('[');
        boolean comma = false;
        for (T item : items) {
            if (comma) {
                put(',');
            }
            comma = true;
            each.accept(item);
        }
        return put(']');
    }

    public JsonWriter raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, buffer, size, json.length);
        size += json.length;
        return this;
    }

    public JsonWriter base64(byte[] data) {
        put('"');
        raw(Base64.getEncoder().encode(data));
        return put('"');
    }

    /** Bytes that are UTF-8 already, as a string. */
    public JsonWriter utf8String(byte[] text) {
        room(text.length + 2);
        put('"');
        for (byte b : text) {
            if (b < 0) {
                put(b);
            } else {
                putAscii((char) b);
            }
        }
        return put('"');
    }

    public JsonWriter string(String text) {
        room(text.length() + 2);
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                putAscii(c);
            } else {
                i += putMultiByte(text, i, c);
            }
        }
        return put('"');
    }

    /** Returns how many chars were consumed beyond the one at the index. */
    private int putMultiByte(String text, int index, char c) {
        if (c < 0x800) {
            put(0xc0 | c >> 6).put(0x80 | c & 0x3f);
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            put(0xe0 | c >> 12).put(0x80 | c >> 6 & 0x3f).put(0x80 | c & 0x3f);
            return 0;
        }
        int point = text.codePointAt(index);
        if (Character.charCount(point) == 1) {
            // No value of the protocol has an unpaired surrogate; a detail text for people might.
            put('?');
            return 0;
        }
        put(0xf0 | point >> 18).put(0x80 | point >> 12 & 0x3f);
        put(0x80 | point >> 6 & 0x3f).put(0x80 | point & 0x3f);
        return 1;
    }

    private void putAscii(char c) {
        if (c == '"' || c == '\\') {
            put('\\').put(c);
        } else if (c < 0x20) {
            ascii("\\u00").put(HEX[c >> 4]).put(HEX[c & 0xf]);
        } else {
            put(c);
        }
    }

    /** As Instant.toString, without its formatter: no, 3, 6 or 9 digits of fraction. */
    private JsonWriter time(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        put('"').digits(utc.getYear(), 4)
                .put('-')
                .digits(utc.getMonthValue(), 2)
                .put('-');
        digits(utc.getDayOfMonth(), 2).put('T').digits(utc.getHour(), 2).put(':');
        digits(utc.getMinute(), 2).put(':').digits(utc.getSecond(), 2);
        int nanos = time.getNano();
        if (nanos % 1_000_000 == 0 && nanos > 0) {
            put('.').digits(nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0 && nanos > 0) {
            put('.').digits(nanos / 1000, 6);
        } else if (nanos > 0) {
            put('.').digits(nanos, 9);
        }
        return put('Z').put('"');
    }

    private JsonWriter digits(int value, int width) {
        room(width);
        int rest = value;
        for (int i = size + width - 1; i >= size; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += width;
        return this;
    }

    private JsonWriter ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    private JsonWriter put(int b) {
        if (size == buffer.length) {
            room(1);
        }
        buffer[size++] = (byte) b;
        return this;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
