package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.signaling.Metadata;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What frames about rooms have in common in JSON. */
final class RoomJson {
    private static final int DIGITS = 16;

    private RoomJson() {}

    /** Ids of peers and calls are hexadecimal text, so that no client calculates with them. */
    static String text(long number) {
        return Long.toHexString(number);
    }

    static long number(JsonObject json, String name) {
        String text = json.text(name);
        if (text.isEmpty() || text.length() > DIGITS || !text.chars().allMatch(RoomJson::isDigit)) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, json.path() + name + " must be 1 to 16 hexadecimal digits");
        }
        return Long.parseUnsignedLong(text, 16);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    static @Nullable Metadata metadata(JsonObject json) {
        return switch (json.values().get("metadata")) {
            case null -> null;
            case Json.Raw(byte[] bytes) -> metadata(json, bytes);
            default -> json.wrongType("metadata", "an object");
        };
    }

    private static Metadata metadata(JsonObject json, byte[] bytes) {
        try {
            return new Metadata(new String(bytes, StandardCharsets.UTF_8));
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, json.path() + e.getMessage());
        }
    }

    static void metadata(JsonWriter json, @Nullable Metadata metadata) {
        if (metadata != null) {
            json.key("metadata").raw(metadata.utf8());
        }
    }
}
