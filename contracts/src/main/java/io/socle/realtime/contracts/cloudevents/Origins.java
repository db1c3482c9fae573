package io.socle.realtime.contracts.cloudevents;

import io.socle.realtime.contracts.message.ChannelName;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A message's source and type, which may be absent or any text, as the attributes that CloudEvents requires. What cannot
 * stand as it is gets a prefix; what happens to look like such a prefixed text gets one too, so that each way is the
 * inverse of the other.
 */
final class Origins {
    static final String DEFAULT_TYPE = "io.socle.realtime.message";
    private static final String TYPE_PREFIX = DEFAULT_TYPE + "=";
    private static final String DEFAULT_SOURCE_PREFIX = "urn:realtime:channel:";
    private static final String SOURCE_PREFIX = "urn:realtime:source:";

    private Origins() {}

    static URI source(@Nullable String source, ChannelName channel) {
        return URI.create(sourceText(source, channel));
    }

    private static String sourceText(@Nullable String source, ChannelName channel) {
        if (source == null) {
            return DEFAULT_SOURCE_PREFIX + Percent.encode(channel.value());
        }
        return isReference(source) && source.equals(sourceOf(source, channel))
                ? source
                : SOURCE_PREFIX + Percent.encode(source);
    }

    /** Only ASCII: the HTTP binding and RFC 3986 have no other URI references. */
    private static boolean isReference(String text) {
        try {
            return text.chars().allMatch(c -> c < 0x80)
                    && new URI(text).toString().equals(text);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static @Nullable String sourceOf(String attribute, ChannelName channel) {
        if (attribute.equals(sourceText(null, channel))) {
            return null;
        }
        if (attribute.startsWith(SOURCE_PREFIX)) {
            return Percent.decode(attribute.substring(SOURCE_PREFIX.length()))
                    .filter(source -> sourceText(source, channel).equals(attribute))
                    .orElse(attribute);
        }
        return attribute;
    }

    static String type(@Nullable String type) {
        if (type == null) {
            return DEFAULT_TYPE;
        }
        return type.equals(typeOf(type)) ? type : TYPE_PREFIX + type;
    }

    static @Nullable String typeOf(String attribute) {
        if (attribute.equals(DEFAULT_TYPE)) {
            return null;
        }
        if (attribute.startsWith(TYPE_PREFIX)) {
            String type = attribute.substring(TYPE_PREFIX.length());
            return type(type).equals(attribute) ? type : attribute;
        }
        return attribute;
    }
}
