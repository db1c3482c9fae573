package io.socle.realtime.gateway.transport.mqtt.mapping;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a message that MQTT has no property for, as user properties {@code rt-...}; a part at its default has none. */
final class Parts {
    static final String ID = "rt-id";
    private static final String TYPE = "rt-type";
    private static final String SOURCE = "rt-source";
    private static final String TIME = "rt-time";
    private static final String EXPIRY = "rt-expiry";
    private static final String RECEIVER = "rt-receiver";
    private static final String STORE = "rt-store";
    private static final String AUDIT = "rt-audit";
    private static final String ENCRYPTION = "rt-encryption";
    private static final String OFFLINE = "rt-offline";
    private static final String TIME_TO_LIVE = "rt-ttl-ms";
    private static final String COLLAPSE_KEY = "rt-collapse-key";
    private static final String POSITION = "rt-position";
    private static final String QOS = "rt-qos";
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    /** Before the name of a header that would be taken for a part. */
    private static final String HEADER_PREFIX = "rt-h-";

    private static final Set<String> NAMES = Set.of(
            ID,
            TYPE,
            SOURCE,
            TIME,
            EXPIRY,
            RECEIVER,
            STORE,
            AUDIT,
            ENCRYPTION,
            OFFLINE,
            TIME_TO_LIVE,
            COLLAPSE_KEY,
            POSITION,
            QOS,
            TRACEPARENT,
            TRACESTATE);

    private final Map<String, String> parts = new TreeMap<>();
    private final List<String> receivers = new ArrayList<>();
    private final List<UserProperty> others = new ArrayList<>();

    /** Sorts a PUBLISH's user properties into parts and others. */
    static Parts of(List<UserProperty> properties) {
        Parts sorted = new Parts();
        properties.forEach(sorted::sort);
        return sorted;
    }

    private void sort(UserProperty property) {
        String name = property.name();
        if (name.equals(RECEIVER)) {
            receivers.add(property.value());
        } else if (NAMES.contains(name)) {
            parts.put(name, property.value());
        } else {
            others.add(new UserProperty(unescaped(name), property.value()));
        }
    }

    private static String unescaped(String name) {
        return name.startsWith(HEADER_PREFIX) ? name.substring(HEADER_PREFIX.length()) : name;
    }

    private static String escaped(String name) {
        return NAMES.contains(name) || name.startsWith(HEADER_PREFIX) ? HEADER_PREFIX + name : name;
    }

    @Nullable
    String id() {
        return parts.get(ID);
    }

    /** Throws ProblemException where a part has a value that it cannot have. */
    void applyTo(MessageBuilder message) {
        try {
            apply(message);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "a user property rt-... has an unknown value");
        }
    }

    private void apply(MessageBuilder message) {
        message.type(parts.get(TYPE)).source(parts.get(SOURCE));
        if (parts.containsKey(TIME)) {
            message.timestamp(Rfc3339.parse(parts.get(TIME)));
        }
        if (parts.containsKey(EXPIRY)) {
            message.expiry(Rfc3339.parse(parts.get(EXPIRY)));
        }
        message.privacy(new Privacy(
                receivers,
                !"false".equals(parts.get(STORE)),
                constant(Privacy.Audit.class, parts.get(AUDIT), Privacy.Audit.FULL),
                parts.get(ENCRYPTION)));
        String ttl = parts.get(TIME_TO_LIVE);
        message.offline(new OfflinePolicy(
                constant(OfflinePolicy.Mode.class, parts.get(OFFLINE), OfflinePolicy.Mode.QUEUE),
                ttl == null ? null : Duration.ofMillis(Long.parseLong(ttl)),
                parts.get(COLLAPSE_KEY)));
        TraceContext trace = traceOrNull();
        message.trace(trace);
        message.headers(UserProperties.toHeaders(others));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String word, E absent) {
        return word == null ? absent : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /** One that is malformed is ignored, as W3C Trace Context section 3.2.2.2 asks. */
    private @Nullable TraceContext traceOrNull() {
        String parent = parts.get(TRACEPARENT);
        try {
            return parent == null ? null : new TraceContext(parent, parts.get(TRACESTATE));
        } catch (InvalidValueException e) {
            return null;
        }
    }

    /**
     * The user properties of a message.
     *
     * @param whole whether also what the suite has decided or added itself: id, source, position, time, publisher's QoS
     */
    static List<UserProperty> of(RealtimeMessage message, boolean whole) {
        List<UserProperty> properties = new ArrayList<>();
        UserProperties.toList(message.headers())
                .forEach(header -> properties.add(new UserProperty(escaped(header.name()), header.value())));
        if (whole) {
            add(properties, ID, message.id());
            add(properties, SOURCE, message.source());
            add(properties, POSITION, message.position());
            add(properties, TIME, message.timestamp() == null ? null : Rfc3339.format(message.timestamp()));
            add(properties, EXPIRY, message.expiry() == null ? null : Rfc3339.format(message.expiry()));
            add(
                    properties,
                    QOS,
                    message.qos() == Qos.AT_LEAST_ONCE ? null : message.qos().level());
        }
        add(properties, TYPE, message.type());
        addPrivacy(properties, message.privacy());
        addOffline(properties, message.offline());
        TraceContext trace = message.trace();
        add(properties, TRACEPARENT, trace == null ? null : trace.traceparent());
        add(properties, TRACESTATE, trace == null ? null : trace.tracestate());
        return properties;
    }

    private static void addPrivacy(List<UserProperty> properties, Privacy privacy) {
        privacy.receivers().forEach(receiver -> add(properties, RECEIVER, receiver));
        add(properties, STORE, privacy.store() ? null : false);
        add(properties, AUDIT, privacy.audit() == Privacy.Audit.FULL ? null : word(privacy.audit()));
        add(properties, ENCRYPTION, privacy.encryption());
    }

    private static void addOffline(List<UserProperty> properties, OfflinePolicy offline) {
        add(properties, OFFLINE, offline.mode() == OfflinePolicy.Mode.QUEUE ? null : word(offline.mode()));
        Duration ttl = offline.timeToLive();
        add(properties, TIME_TO_LIVE, ttl == null ? null : ttl.toMillis());
        add(properties, COLLAPSE_KEY, offline.collapseKey());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void add(List<UserProperty> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.add(new UserProperty(name, value.toString()));
        }
    }
}
