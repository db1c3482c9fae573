package io.socle.realtime.contracts.message;

import java.nio.charset.StandardCharsets;

/** Checks that channel names and filters have in common (MQTT 5 sections 1.5.4 and 4.7.3). */
final class Names {
    private Names() {}

    static void check(String value, String field) {
        if (value.isEmpty()) {
            throw new InvalidValueException(field, "must not be empty");
        }
        if (value.length() > Limits.CHANNEL_NAME_BYTES
                || value.getBytes(StandardCharsets.UTF_8).length > Limits.CHANNEL_NAME_BYTES) {
            throw new InvalidValueException(field, "is longer than " + Limits.CHANNEL_NAME_BYTES + " bytes");
        }
        int segments = 1;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/') {
                segments++;
            }
            checkCharacter(value, i, field);
        }
        if (segments > Limits.CHANNEL_NAME_SEGMENTS) {
            throw new InvalidValueException(field, "has more than " + Limits.CHANNEL_NAME_SEGMENTS + " segments");
        }
    }

    private static void checkCharacter(String value, int index, String field) {
        char c = value.charAt(index);
        if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
            throw new InvalidValueException(field, "contains a control character");
        }
        if (Character.isHighSurrogate(c)) {
            if (index + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(index + 1))) {
                throw new InvalidValueException(field, "contains an unpaired surrogate");
            }
        } else if (Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)))) {
            throw new InvalidValueException(field, "contains an unpaired surrogate");
        }
    }
}
