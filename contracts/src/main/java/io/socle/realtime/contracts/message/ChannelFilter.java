package io.socle.realtime.contracts.message;

import java.util.List;

/**
 * Selects channels: {@code +} stands for one segment, a last {@code #} for any number of segments, its parent included
 * (MQTT 5 section 4.7.1). Neither matches a name whose first character is {@code $} at the first segment (4.7.2).
 *
 * @param value a channel name with wildcards or without
 */
public record ChannelFilter(String value) {
    public ChannelFilter {
        Names.check(value, "filter");
        List<String> segments = split(value);
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.indexOf('+') >= 0 && segment.length() > 1) {
                throw new InvalidValueException("filter", "has a + that does not fill its segment");
            }
            if (segment.indexOf('#') >= 0 && (segment.length() > 1 || i < segments.size() - 1)) {
                throw new InvalidValueException("filter", "has a # that is not its whole last segment");
            }
        }
    }

    public static ChannelFilter of(ChannelName channel) {
        return new ChannelFilter(channel.value());
    }

    /** Whether this filter names one channel. */
    public boolean isExact() {
        return value.indexOf('+') < 0 && value.indexOf('#') < 0;
    }

    public boolean matches(ChannelName channel) {
        return covers(split(value), split(channel.value()));
    }

    /** Whether each channel that {@code other} selects is selected by this filter too. */
    public boolean covers(ChannelFilter other) {
        return covers(split(value), split(other.value));
    }

    /** The segments between slashes, empty ones kept. */
    public List<String> segments() {
        return split(value);
    }

    private static boolean covers(List<String> filter, List<String> other) {
        if (other.getFirst().equals("#") && filter.equals(List.of("+", "#"))) {
            // Every name has a first segment, so these two select the same.
            return true;
        }
        boolean system = !other.getFirst().isEmpty() && other.getFirst().charAt(0) == '$';
        for (int i = 0; i < filter.size(); i++) {
            String segment = filter.get(i);
            if (segment.equals("#")) {
                return i > 0 || !system;
            }
            if (i >= other.size() || !coversSegment(segment, other.get(i), i == 0 && system)) {
                return false;
            }
        }
        return filter.size() == other.size();
    }

    private static boolean coversSegment(String segment, String other, boolean system) {
        if (other.equals("#")) {
            return false;
        }
        return segment.equals("+") ? !system : segment.equals(other);
    }

    /** Splits at each slash, keeping empty segments, as {@code a//b} has three. */
    static List<String> split(String value) {
        return List.of(value.split("/", -1));
    }

    @Override
    public String toString() {
        return value;
    }
}
