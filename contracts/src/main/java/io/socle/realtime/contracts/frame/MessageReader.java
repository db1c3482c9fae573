package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section "Message" of the protocol; every method throws ProblemException naming the field. */
final class MessageReader {
    private static final Set<String> FIELDS = Set.of(
            "channel",
            "id",
            "position",
            "data",
            "text",
            "base64",
            "contentType",
            "source",
            "messageType",
            "qos",
            "retain",
            "privacy",
            "offline",
            "traceparent",
            "tracestate",
            "headers",
            "time",
            "expiry",
            "correlationId",
            "replyTo");
    private static final Set<String> PRIVACY = Set.of("receivers", "store", "audit", "encryption");
    private static final Set<String> OFFLINE = Set.of("mode", "ttlMs", "collapseKey");
    private static final String ABSENT_ID = "-";

    private MessageReader() {}

    /** As a publisher sends it: unknown fields and a position are refused, the id may be absent. */
    static MessageDraft draft(JsonObject json) {
        json.allowOnly(FIELDS);
        if (json.has("position")) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, json.path() + "position is given by the channel's owner");
        }
        JsonObject privacy = json.objectOrNull("privacy");
        if (privacy != null) {
            privacy.allowOnly(PRIVACY);
        }
        JsonObject offline = json.objectOrNull("offline");
        if (offline != null) {
            offline.allowOnly(OFFLINE);
        }
        RealtimeMessage message = message(json);
        return json.has("id") ? MessageDraft.of(message) : MessageDraft.withoutId(message);
    }

    /** As the server sends it: fields that this version does not know are passed over. */
    static RealtimeMessage delivered(JsonObject json) {
        json.text("id");
        return message(json);
    }

    private static RealtimeMessage message(JsonObject json) {
        String id = json.textOrNull("id");
        try {
            MessageBuilder message = RealtimeMessage.builder(id != null ? id : ABSENT_ID, json.channel("channel"))
                    .position(json.positionOrNull("position"))
                    .source(json.textOrNull("source"))
                    .type(json.textOrNull("messageType"))
                    .retain(json.flag("retain", false))
                    .privacy(privacy(json.objectOrNull("privacy")))
                    .offline(offline(json.objectOrNull("offline")))
                    .trace(trace(json))
                    .headers(headers(json))
                    .timestamp(json.timeOrNull("time"))
                    .expiry(json.timeOrNull("expiry"))
                    .correlationId(json.textOrNull("correlationId"))
                    .replyTo(json.channelOrNull("replyTo"));
            Long qos = json.wholeOrNull("qos", 0, 2);
            message.qos(qos == null ? Qos.AT_LEAST_ONCE : Qos.of(qos.intValue()));
            data(json, message);
            return message.build();
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    private static Privacy privacy(@Nullable JsonObject json) {
        if (json == null) {
            return Privacy.PUBLIC;
        }
        Privacy.Audit audit = json.wordOrNull("audit", Privacy.Audit.class);
        return new Privacy(
                json.texts("receivers"),
                json.flag("store", true),
                audit == null ? Privacy.Audit.FULL : audit,
                json.textOrNull("encryption"));
    }

    private static OfflinePolicy offline(@Nullable JsonObject json) {
        if (json == null) {
            return OfflinePolicy.QUEUE;
        }
        OfflinePolicy.Mode mode = json.wordOrNull("mode", OfflinePolicy.Mode.class);
        Long milliseconds = json.wholeOrNull("ttlMs", 1, ClientFrame.MAX_ID);
        return new OfflinePolicy(
                mode == null ? OfflinePolicy.Mode.QUEUE : mode,
                milliseconds == null ? null : Duration.ofMillis(milliseconds),
                json.textOrNull("collapseKey"));
    }

    private static @Nullable TraceContext trace(JsonObject json) {
        String traceparent = json.textOrNull("traceparent");
        String tracestate = json.textOrNull("tracestate");
        if (traceparent == null && tracestate != null) {
            throw new ProblemException(
                    FailureCode.MISSING_FIELD, json.path() + "traceparent is missing beside tracestate");
        }
        return traceparent == null ? null : new TraceContext(traceparent, tracestate);
    }

    private static Map<String, String> headers(JsonObject json) {
        JsonObject object = json.objectOrNull("headers");
        if (object == null) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        object.values().keySet().forEach(name -> headers.put(name, object.text(name)));
        return headers;
    }

    /** Clause WS-30. */
    private static void data(JsonObject json, MessageBuilder message) {
        if (json.count("data", "text", "base64") > 1) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, json.path() + "data, text and base64 exclude each other");
        }
        String contentType = json.textOrNull("contentType");
        if (json.values().get("data") instanceof Json.Raw(byte[] bytes)) {
            requireType(contentType == null || contentType.equals(RealtimeMessage.JSON), json, "data");
            message.contentType(RealtimeMessage.JSON).data(bounded(bytes, json));
        } else if (json.has("text")) {
            requireType(contentType == null || MediaTypes.isText(contentType), json, "text");
            byte[] text = Rules.encodable(json.path() + "text", json.text("text"));
            message.contentType(contentType == null ? MediaTypes.PLAIN_TEXT : contentType)
                    .data(bounded(text, json));
        } else if (json.has("base64")) {
            base64(json, message, contentType);
        } else {
            message.contentType(contentType);
        }
    }

    private static void base64(JsonObject json, MessageBuilder message, @Nullable String contentType) {
        byte[] bytes = Rules.base64(json.path() + "base64", json.text("base64"));
        if (bytes.length > 0 && RealtimeMessage.JSON.equals(contentType)) {
            JsonReader.requireJson(bytes);
        }
        message.contentType(contentType == null ? MediaTypes.BYTES : contentType)
                .data(bounded(bytes, json));
    }

    private static void requireType(boolean fits, JsonObject json, String field) {
        if (!fits) {
            throw new ProblemException(
                    FailureCode.INVALID_DATA, json.path() + field + " contradicts " + json.path() + "contentType");
        }
    }

    private static Payload bounded(byte[] bytes, JsonObject json) {
        if (bytes.length > Limits.DATA_BYTES) {
            throw new ProblemException(
                    FailureCode.PAYLOAD_TOO_LARGE, json.path() + "data is longer than " + Limits.DATA_BYTES + " bytes");
        }
        return Payload.of(bytes);
    }
}
