package io.socle.realtime.contracts.signaling;

import io.socle.realtime.contracts.message.InvalidValueException;
import java.nio.charset.StandardCharsets;

/**
 * What a peer or a caller tells the others, such as its name or what is muted: opaque to the suite.
 *
 * @param json a JSON object, 1 to {@link SignalingLimits#METADATA_BYTES} bytes of UTF-8
 */
public record Metadata(String json) {
    public Metadata {
        if (json.isEmpty() || json.charAt(0) != '{') {
            throw new InvalidValueException("metadata", "must be an object");
        }
        if (json.length() > SignalingLimits.METADATA_BYTES
                || json.getBytes(StandardCharsets.UTF_8).length > SignalingLimits.METADATA_BYTES) {
            throw new InvalidValueException("metadata", "is longer than " + SignalingLimits.METADATA_BYTES + " bytes");
        }
    }

    public byte[] utf8() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
