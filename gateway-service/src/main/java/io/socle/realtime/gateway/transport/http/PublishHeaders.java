package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes of a plain message in the headers of an HTTP publish (clauses HTTP-2, HTTP-3, HTTP-5). */
final class PublishHeaders {
    private static final String PREFIX = "rt-";
    private static final String FREE_PREFIX = "rt-h-";
    private static final String OCTETS = "application/octet-stream";
    private static final Set<String> KNOWN = Set.of(
            "rt-id",
            "rt-qos",
            "rt-retain",
            "rt-type",
            "rt-source",
            "rt-time",
            "rt-expiry",
            "rt-collapse-key",
            "rt-offline",
            "rt-ttl-ms",
            "rt-correlation-id",
            "rt-reply-to",
            "rt-receivers",
            "rt-store",
            "rt-audit",
            "rt-encryption");

    private final HttpHeaders headers;

    PublishHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /** The message that the request publishes; throws ProblemException where a header or the body breaks a rule. */
    MessageDraft message(ChannelName channel, byte[] body) {
        refuseUnknown();
        String id = id();
        try {
            MessageBuilder builder = RealtimeMessage.builder(id == null ? "-" : id, channel)
                    .data(Payload.of(body))
                    .contentType(contentType(body))
                    .qos(Qos.of(number("rt-qos", 1).intValue()))
                    .retain(flag("rt-retain", false))
                    .type(one("rt-type"))
                    .source(one("rt-source"))
                    .correlationId(one("rt-correlation-id"))
                    .headers(free())
                    .trace(trace(headers));
            addTimes(builder);
            RealtimeMessage message =
                    builder.privacy(privacy()).offline(offline()).build();
            return id == null ? MessageDraft.withoutId(message) : MessageDraft.of(message);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, e.getMessage());
        }
    }

    private void addTimes(MessageBuilder builder) {
        String time = one("rt-time");
        String expiry = one("rt-expiry");
        String replyTo = one("rt-reply-to");
        builder.timestamp(time == null ? null : Rfc3339.parse(time));
        builder.expiry(expiry == null ? null : Rfc3339.parse(expiry));
        builder.replyTo(replyTo == null ? null : new ChannelName(replyTo));
    }

    private void refuseUnknown() {
        for (String name : headers.getRequestHeaders().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX) && !lower.startsWith(FREE_PREFIX) && !KNOWN.contains(lower)) {
                throw new ProblemException(FailureCode.UNKNOWN_FIELD, "there is no header " + lower);
            }
        }
    }

    private @Nullable String id() {
        String key = one("Idempotency-Key");
        String id = one("rt-id");
        if (key != null && id != null) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "Idempotency-Key and rt-id exclude each other");
        }
        return key != null ? unquoted(key) : id;
    }

    /** The Idempotency-Key draft makes the key a structured-field string, in quotes; plain keys are as common. */
    private static String unquoted(String key) {
        boolean quoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
        return quoted ? key.substring(1, key.length() - 1) : key;
    }

    private @Nullable String contentType(byte[] body) {
        String given = one(HttpHeaders.CONTENT_TYPE);
        if (given == null) {
            return body.length == 0 ? null : OCTETS;
        }
        if (!MediaTypes.is(given, RealtimeMessage.JSON)) {
            return given;
        }
        if (body.length > 0) {
            MessageJson.requireJson(body);
            return RealtimeMessage.JSON;
        }
        return null;
    }

    private Privacy privacy() {
        String receivers = one("rt-receivers");
        String audit = one("rt-audit");
        List<String> subjects = receivers == null
                ? List.of()
                : Arrays.stream(receivers.split(",")).map(String::trim).toList();
        return new Privacy(
                subjects,
                flag("rt-store", true),
                audit == null ? Privacy.Audit.FULL : constant(Privacy.Audit.class, audit, "rt-audit"),
                one("rt-encryption"));
    }

    private OfflinePolicy offline() {
        String mode = one("rt-offline");
        Long ttl = one("rt-ttl-ms") == null ? null : number("rt-ttl-ms", 0);
        return new OfflinePolicy(
                mode == null ? OfflinePolicy.Mode.QUEUE : constant(OfflinePolicy.Mode.class, mode, "rt-offline"),
                ttl == null ? null : Duration.ofMillis(ttl),
                one("rt-collapse-key"));
    }

    private Map<String, String> free() {
        Map<String, String> free = new TreeMap<>();
        headers.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(FREE_PREFIX)) {
                free.put(lower.substring(FREE_PREFIX.length()), String.join(",", values));
            }
        });
        return free;
    }

    /** The trace context of a request; one that is malformed is ignored, as W3C Trace Context section 3.2.2.2 asks. */
    static @Nullable TraceContext trace(HttpHeaders headers) {
        String traceparent = headers.getHeaderString("traceparent");
        if (traceparent == null) {
            return null;
        }
        try {
            return new TraceContext(traceparent, headers.getHeaderString("tracestate"));
        } catch (InvalidValueException e) {
            return null;
        }
    }

    private @Nullable String one(String name) {
        String value = headers.getHeaderString(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    private Long number(String name, long absent) {
        String value = one(name);
        try {
            return value == null ? absent : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, name + " is no whole number");
        }
    }

    private boolean flag(String name, boolean absent) {
        String value = one(name);
        if (value == null) {
            return absent;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new ProblemException(FailureCode.INVALID_VALUE, name + " must be true or false");
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String value, String name) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, name + " has an unknown value");
        }
    }
}
