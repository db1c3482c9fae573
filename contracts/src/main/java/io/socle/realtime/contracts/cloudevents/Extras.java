package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries beside its own parts: the trace, and headers. A header {@code ce-<name>} is the attribute of that
 * name of a foreign event; all other headers go into one attribute.
 *
 * @param headers the message's headers
 */
record Extras(@Nullable TraceContext trace, Map<String, String> headers) {
    private static final String PREFIX = "ce-";
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final String SUBJECT = "subject";
    private static final String DATA_SCHEMA = "dataschema";

    /** Attributes that a message has a part of its own for, or that are no extensions. */
    private static final Set<String> CORE =
            Set.of("id", "source", "type", "specversion", "datacontenttype", "time", "data");

    static Extras of(RealtimeMessage message) {
        return new Extras(message.trace(), message.headers());
    }

    void applyTo(MessageBuilder message) {
        message.trace(trace).headers(headers);
    }

    /** As attributes of an event. */
    Map<String, String> context() {
        Map<String, String> attributes = new TreeMap<>();
        Map<String, String> rest = new TreeMap<>();
        headers.forEach((header, value) -> {
            if (isAttribute(header, value)) {
                attributes.put(header.substring(PREFIX.length()), value);
            } else {
                rest.put(header, value);
            }
        });
        if (trace != null) {
            attributes.put(TRACEPARENT, trace.traceparent());
            if (trace.tracestate() != null) {
                attributes.put(TRACESTATE, trace.tracestate());
            }
        }
        if (!rest.isEmpty()) {
            attributes.put(Attributes.HEADERS, Attributes.headers(rest));
        }
        return attributes;
    }

    /** Whether the header, written as an attribute, would come back as this header and nothing else. */
    private boolean isAttribute(String header, String value) {
        String name = header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : "";
        return switch (name) {
            case SUBJECT -> !value.isEmpty();
            case DATA_SCHEMA -> isSchema(value);
            case TRACEPARENT, TRACESTATE -> trace == null && !wouldBeTrace();
            default -> isExtension(name);
        };
    }

    /** A foreign event's trace that is not valid is kept in headers; a valid one there would come back as the trace. */
    private boolean wouldBeTrace() {
        String parent = headers.get(PREFIX + TRACEPARENT);
        return parent != null && traceOrNull(parent, headers.get(PREFIX + TRACESTATE)) != null;
    }

    private static boolean isExtension(String name) {
        return !name.isEmpty()
                && !CORE.contains(name)
                && !Attributes.OURS.contains(name)
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    private static boolean isSchema(String value) {
        try {
            return !value.isEmpty() && new URI(value).toString().equals(value);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static Extras read(CloudEvent event, Map<String, String> extensions) {
        Map<String, String> headers = new TreeMap<>();
        String packed = extensions.get(Attributes.HEADERS);
        if (packed != null) {
            headers.putAll(Attributes.parsed(extensions, Attributes.HEADERS, Attributes::headers, Map.of()));
        }
        putUnlessNull(headers, SUBJECT, event.getSubject());
        putUnlessNull(headers, DATA_SCHEMA, event.getDataSchema());
        String parent = extensions.get(TRACEPARENT);
        String state = extensions.get(TRACESTATE);
        TraceContext trace = parent == null ? null : traceOrNull(parent, state);
        extensions.forEach((name, value) -> {
            boolean ofTrace = trace != null && (name.equals(TRACEPARENT) || name.equals(TRACESTATE));
            if (!ofTrace && !Attributes.OURS.contains(name)) {
                headers.put(PREFIX + name, value);
            }
        });
        return new Extras(trace, headers);
    }

    private static void putUnlessNull(Map<String, String> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.put(PREFIX + name, value.toString());
        }
    }

    private static @Nullable TraceContext traceOrNull(String parent, @Nullable String state) {
        try {
            return new TraceContext(parent, state);
        } catch (InvalidValueException e) {
            return null;
        }
    }
}
