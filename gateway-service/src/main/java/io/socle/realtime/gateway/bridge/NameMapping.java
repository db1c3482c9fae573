package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;

/**
 * From the names of one side to those of the other: a beginning is taken away, another one is put before. Both are plain
 * text; a name that does not begin so keeps its own beginning.
 */
public record NameMapping(String strip, String prefix) {
    /** Changes nothing. */
    public static final NameMapping SAME = new NameMapping("", "");

    public String apply(String name) {
        return prefix + (name.startsWith(strip) ? name.substring(strip.length()) : name);
    }

    /** All names that the mapping makes of what a filter selects; throws InvalidValueException where that is no filter. */
    public ChannelFilter apply(ChannelFilter filter) {
        if (!filter.value().startsWith(strip)) {
            throw new InvalidValueException("filter", "does not begin with what is to be stripped");
        }
        return new ChannelFilter(apply(filter.value()));
    }

    /** Whether a filter selects a name; what is no legal name is selected by none. */
    static boolean selects(ChannelFilter filter, String name) {
        try {
            return filter.matches(new ChannelName(name));
        } catch (InvalidValueException e) {
            return false;
        }
    }

    /** Whether there is a name that both filters select. */
    static boolean overlap(ChannelFilter one, ChannelFilter other) {
        return Overlapping.of(one.segments(), other.segments());
    }
}
