package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of one packet; user properties and subscription identifiers may be several. Immutable. */
public final class Properties {
    public static final Properties NONE = builder().build();

    private final Map<Property, Object> values;
    private final List<UserProperty> user;
    private final List<Integer> subscriptions;

    /** A name and a value of the user's, whose order counts (MQTT 5 section 3.3.2.3.7). */
    public record UserProperty(String name, String value) {}

    private Properties(Builder from) {
        this.values = from.values.isEmpty() ? Map.of() : new EnumMap<>(from.values);
        this.user = List.copyOf(from.user);
        this.subscriptions = List.copyOf(from.subscriptions);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A number's value, or what holds where it is absent. */
    public long number(Property property, long absent) {
        return values.get(property) instanceof Long value ? value : absent;
    }

    public @Nullable String text(Property property) {
        return values.get(property) instanceof String value ? value : null;
    }

    public @Nullable Payload binary(Property property) {
        return values.get(property) instanceof Payload value ? value : null;
    }

    public boolean has(Property property) {
        return values.containsKey(property);
    }

    /** In the order in which they stand. */
    public List<UserProperty> user() {
        return user;
    }

    /** The value of the first user property of a name; null where there is none. */
    public @Nullable String user(String name) {
        for (UserProperty property : user) {
            if (property.name().equals(name)) {
                return property.value();
            }
        }
        return null;
    }

    /** Identifiers of the subscriptions that a PUBLISH is for, or the one of a SUBSCRIBE. */
    public List<Integer> subscriptions() {
        return subscriptions;
    }

    /** These, and one number more. */
    public Properties with(Property property, long value) {
        Builder more = builder();
        more.values.putAll(values);
        more.user.addAll(user);
        more.subscriptions.addAll(subscriptions);
        return more.number(property, value).build();
    }

    Map<Property, Object> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Properties properties
                && values.equals(properties.values)
                && user.equals(properties.user)
                && subscriptions.equals(properties.subscriptions);
    }

    @Override
    public int hashCode() {
        return values.hashCode() + 31 * user.hashCode() + 961 * subscriptions.hashCode();
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return values.keySet() + ", " + user.size() + " user properties";
    }

    /** Collects properties; not for use by several threads. */
    public static final class Builder {
        private final Map<Property, Object> values = new EnumMap<>(Property.class);
        private final List<UserProperty> user = new ArrayList<>();
        private final List<Integer> subscriptions = new ArrayList<>();

        private Builder() {}

        public Builder number(Property property, long value) {
            values.put(property, value);
            return this;
        }

        public Builder flag(Property property, boolean value) {
            return number(property, value ? 1 : 0);
        }

        /** Adds it unless it is null. */
        public Builder text(Property property, @Nullable String value) {
            if (value != null) {
                values.put(property, value);
            }
            return this;
        }

        /** Adds it unless it is null. */
        public Builder binary(Property property, @Nullable Payload value) {
            if (value != null) {
                values.put(property, value);
            }
            return this;
        }

        public Builder user(String name, String value) {
            user.add(new UserProperty(name, value));
            return this;
        }

        public Builder subscription(int identifier) {
            subscriptions.add(identifier);
            return this;
        }

        boolean has(Property property) {
            return values.containsKey(property)
                    || (property == Property.SUBSCRIPTION_IDENTIFIER && !subscriptions.isEmpty());
        }

        public Properties build() {
            return new Properties(this);
        }
    }
}
