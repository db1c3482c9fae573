package io.socle.realtime.gateway.transport.mqtt.mapping;

import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties.UserProperty;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * User properties, a list with an order of its own that may name a thing twice (MQTT 5 section 3.3.2.3.7), as headers, a
 * sorted map. A list that the map cannot give back goes whole into one more header beside the others.
 */
final class UserProperties {
    static final String PACKED = "mqtt-user-properties";
    static final String PAYLOAD_FORMAT = "mqtt-payload-format";

    private UserProperties() {}

    static Map<String, String> toHeaders(List<UserProperty> properties) {
        // Joined at the end, in one go: a packet has room for so many of one name that joining one by one would take
        // long.
        Map<String, List<String>> values = new TreeMap<>();
        boolean whole = true;
        String last = "";
        for (UserProperty property : properties) {
            boolean fits = isHeader(property);
            whole &= fits && property.name().compareTo(last) > 0;
            last = property.name();
            if (fits) {
                values.computeIfAbsent(property.name(), name -> new ArrayList<>(1))
                        .add(property.value());
            }
        }
        Map<String, String> headers = new TreeMap<>();
        values.forEach((name, all) -> headers.put(name, String.join(", ", all)));
        if (!whole) {
            headers.put(PACKED, pack(properties));
        }
        return headers;
    }

    private static boolean isHeader(UserProperty property) {
        String name = property.name();
        return !name.isEmpty()
                && name.length() <= Limits.IDENTIFIER_CHARACTERS
                && !isInternal(name)
                && (name + property.value()).chars().noneMatch(Character::isISOControl);
    }

    /** Whether a header is there for MQTT only and is no user property itself. */
    static boolean isInternal(String name) {
        return name.equals(PACKED) || name.equals(PAYLOAD_FORMAT);
    }

    static List<UserProperty> toList(Map<String, String> headers) {
        String packed = headers.get(PACKED);
        if (packed != null) {
            return unpack(packed);
        }
        List<UserProperty> properties = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (!isInternal(name)) {
                properties.add(new UserProperty(name, value));
            }
        });
        return properties;
    }

    private static String pack(List<UserProperty> properties) {
        return properties.stream()
                .map(property -> encode(property.name()) + '=' + encode(property.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Any publisher can send a header of that name: what cannot be read is no list. */
    private static List<UserProperty> unpack(String packed) {
        List<UserProperty> properties = new ArrayList<>();
        for (String one : packed.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals >= 0) {
                properties.add(new UserProperty(decode(one.substring(0, equals)), decode(one.substring(equals + 1))));
            }
        }
        return properties;
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            return decoded.indexOf('\0') >= 0 ? text : decoded;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
