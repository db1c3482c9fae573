package io.socle.realtime.contracts.cloudevents;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a message that CloudEvents has no attribute for, as extensions; the table is in cloudevents.md. */
final class Attributes {
    static final String CHANNEL = "rtchannel";
    static final String POSITION = "rtposition";
    static final String REPLY_TO = "rtreplyto";
    static final String CORRELATION_ID = "rtcorrelationid";
    static final String EXPIRY = "expirytime";
    static final String HEADERS = "rtheaders";
    private static final String QOS = "rtqos";
    private static final String RETAIN = "rtretain";
    private static final String RECEIVERS = "rtreceivers";
    private static final String STORE = "rtstore";
    private static final String AUDIT = "rtaudit";
    private static final String ENCRYPTION = "rtencryption";
    private static final String OFFLINE = "rtoffline";
    private static final String TIME_TO_LIVE = "rtttlms";
    private static final String COLLAPSE_KEY = "rtcollapsekey";

    /** Extensions that are parts of a message and so never headers. */
    static final Set<String> OURS = Set.of(
            CHANNEL,
            POSITION,
            REPLY_TO,
            CORRELATION_ID,
            EXPIRY,
            HEADERS,
            QOS,
            RETAIN,
            RECEIVERS,
            STORE,
            AUDIT,
            ENCRYPTION,
            OFFLINE,
            TIME_TO_LIVE,
            COLLAPSE_KEY);

    private Attributes() {}

    /** Parts at their default have no attribute. */
    static Map<String, String> of(RealtimeMessage message) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(CHANNEL, message.channel().value());
        put(attributes, POSITION, message.position());
        put(attributes, REPLY_TO, message.replyTo());
        put(attributes, CORRELATION_ID, message.correlationId());
        put(attributes, EXPIRY, message.expiry());
        if (message.qos() != Qos.AT_LEAST_ONCE) {
            put(attributes, QOS, message.qos().level());
        }
        if (message.retain()) {
            put(attributes, RETAIN, true);
        }
        privacy(attributes, message.privacy());
        offline(attributes, message.offline());
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value.toString());
        }
    }

    private static void privacy(Map<String, String> attributes, Privacy privacy) {
        if (!privacy.receivers().isEmpty()) {
            put(
                    attributes,
                    RECEIVERS,
                    privacy.receivers().stream().map(Percent::encode).collect(Collectors.joining(",")));
        }
        if (!privacy.store()) {
            put(attributes, STORE, false);
        }
        if (privacy.audit() != Privacy.Audit.FULL) {
            put(attributes, AUDIT, word(privacy.audit()));
        }
        put(attributes, ENCRYPTION, privacy.encryption());
    }

    private static void offline(Map<String, String> attributes, OfflinePolicy offline) {
        if (offline.mode() != OfflinePolicy.Mode.QUEUE) {
            put(attributes, OFFLINE, word(offline.mode()));
        }
        Duration timeToLive = offline.timeToLive();
        put(attributes, TIME_TO_LIVE, timeToLive == null ? null : timeToLive.toMillis());
        put(attributes, COLLAPSE_KEY, offline.collapseKey());
    }

    static Qos qos(Map<String, String> attributes) {
        return parsed(attributes, QOS, text -> Qos.of(Integer.parseInt(text)), Qos.AT_LEAST_ONCE);
    }

    static boolean retain(Map<String, String> attributes) {
        return parsed(attributes, RETAIN, Attributes::flag, false);
    }

    static Privacy privacy(Map<String, String> attributes) {
        return new Privacy(
                parsed(attributes, RECEIVERS, Attributes::receivers, List.<String>of()),
                parsed(attributes, STORE, Attributes::flag, true),
                parsed(attributes, AUDIT, text -> Privacy.Audit.valueOf(constant(text)), Privacy.Audit.FULL),
                attributes.get(ENCRYPTION));
    }

    private static List<String> receivers(String text) {
        return Arrays.stream(text.split(",", -1)).map(Attributes::decoded).toList();
    }

    static OfflinePolicy offline(Map<String, String> attributes) {
        String milliseconds = attributes.get(TIME_TO_LIVE);
        return new OfflinePolicy(
                parsed(
                        attributes,
                        OFFLINE,
                        text -> OfflinePolicy.Mode.valueOf(constant(text)),
                        OfflinePolicy.Mode.QUEUE),
                milliseconds == null
                        ? null
                        : parsed(
                                attributes,
                                TIME_TO_LIVE,
                                text -> Duration.ofMillis(Long.parseLong(text)),
                                Duration.ZERO),
                attributes.get(COLLAPSE_KEY));
    }

    /** Headers as one attribute: names and values percent-encoded, {@code name=value&name=value}. */
    static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> Percent.encode(header.getKey()) + "=" + Percent.encode(header.getValue()))
                .collect(Collectors.joining("&"));
    }

    static Map<String, String> headers(String attribute) {
        Map<String, String> headers = new TreeMap<>();
        for (String header : attribute.split("&", -1)) {
            int equals = header.indexOf('=');
            if (equals < 0
                    || headers.put(decoded(header.substring(0, equals)), decoded(header.substring(equals + 1)))
                            != null) {
                throw invalid(HEADERS);
            }
        }
        return headers;
    }

    private static String decoded(String text) {
        return Percent.decode(text).orElseThrow(() -> new IllegalArgumentException("bad percent-encoding"));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Words are lower case; any other spelling becomes no constant's name. */
    private static String constant(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT)) ? word.toUpperCase(Locale.ROOT) : "";
    }

    static <T> T parsed(Map<String, String> attributes, String name, Function<String, T> parse, T otherwise) {
        String text = attributes.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name);
        }
    }

    static ProblemException invalid(String name) {
        return new ProblemException(FailureCode.INVALID_VALUE, "the attribute " + name + " is invalid");
    }
}
