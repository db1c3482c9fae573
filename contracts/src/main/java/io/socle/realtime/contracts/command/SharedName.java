package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.Checks;
import io.socle.realtime.contracts.message.InvalidValueException;

/**
 * Which shared subscription (MQTT 5 section 4.8.2): groups of the same name with different filters are apart.
 *
 * @param group the share name: 1 to 128 characters, none of them a slash, a wildcard or a control character
 * @param filter what the group's members share
 */
public record SharedName(String group, ChannelFilter filter) {
    /** How a topic filter begins that names a shared subscription. */
    public static final String PREFIX = "$share/";

    public SharedName {
        Checks.identifier(group, "group");
        if (group.indexOf('/') >= 0 || group.indexOf('+') >= 0 || group.indexOf('#') >= 0) {
            throw new InvalidValueException("group", "contains a slash or a wildcard");
        }
    }

    /** Reads {@code $share/<group>/<filter>}; throws InvalidValueException where it is none. */
    public static SharedName parse(String topicFilter) {
        int end = topicFilter.indexOf('/', PREFIX.length());
        if (!topicFilter.startsWith(PREFIX) || end < 0) {
            throw new InvalidValueException("filter", "is not $share/<group>/<filter>");
        }
        return new SharedName(
                topicFilter.substring(PREFIX.length(), end), new ChannelFilter(topicFilter.substring(end + 1)));
    }

    /** Group and filter in one: no two names have the same, because a group has no slash. */
    public String value() {
        return group + '/' + filter.value();
    }

    /** As a client writes it. */
    @Override
    public String toString() {
        return PREFIX + value();
    }
}
