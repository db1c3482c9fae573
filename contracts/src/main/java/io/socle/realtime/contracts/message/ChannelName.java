package io.socle.realtime.contracts.message;

/**
 * The name of a channel: UTF-8 segments split by {@code /}, identical to an MQTT topic name (MQTT 5 section 4.7).
 *
 * @param value 1 to {@link Limits#CHANNEL_NAME_BYTES} bytes; no wildcard, no U+0000, no control character
 */
public record ChannelName(String value) implements Comparable<ChannelName> {
    public ChannelName {
        Names.check(value, "channel");
        if (value.indexOf('+') >= 0 || value.indexOf('#') >= 0) {
            throw new InvalidValueException("channel", "must not contain the wildcards + and #");
        }
    }

    /** The first segment, which selects the policy; may be empty as in {@code /a}. */
    public String namespace() {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }

    /** Whether this name belongs to the system: its first character is {@code $}. */
    public boolean isSystem() {
        return value.charAt(0) == '$';
    }

    @Override
    public int compareTo(ChannelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
