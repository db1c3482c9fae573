package io.socle.realtime.gateway.transport.mqtt.mapping;

import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Correlation data, which are bytes in MQTT and text in a message. Bytes that cannot be a correlation id as text, or that
 * as text would be taken for such bytes, become the marker and base64; so each way undoes the other.
 */
final class CorrelationData {
    private static final String MARKER = "base64:";

    private CorrelationData() {}

    static @Nullable String toText(@Nullable Payload data) {
        if (data == null || data.isEmpty()) {
            return null;
        }
        String text = textOrNull(data);
        boolean plain = text != null && isIdentifier(text) && data.equals(bytesOf(text));
        return plain ? text : MARKER + Base64.getEncoder().encodeToString(data.bytes());
    }

    static @Nullable Payload toBytes(@Nullable String text) {
        return text == null ? null : bytesOf(text);
    }

    private static Payload bytesOf(String text) {
        if (text.startsWith(MARKER)) {
            Payload decoded = decodedOrNull(text.substring(MARKER.length()));
            if (decoded != null && text.equals(toText(decoded))) {
                return decoded;
            }
        }
        return Payload.utf8(text);
    }

    private static boolean isIdentifier(String text) {
        return text.length() <= Limits.IDENTIFIER_CHARACTERS && text.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable String textOrNull(Payload data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            // Any bytes are allowed: these are no text.
            return null;
        }
    }

    private static @Nullable Payload decodedOrNull(String base64) {
        try {
            return Payload.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // A text of another protocol that only begins like the marker.
            return null;
        }
    }
}
