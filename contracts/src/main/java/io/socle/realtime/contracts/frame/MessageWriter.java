package io.socle.realtime.contracts.frame;

import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the section "Message" of the protocol; fields at their default are left out. */
final class MessageWriter {
    private static final int TYPICAL_ENVELOPE = 320;

    private MessageWriter() {}

    static int expectedBytes(RealtimeMessage message) {
        // Base64 grows by a third.
        return TYPICAL_ENVELOPE + message.data().size() + message.data().size() / 3;
    }

    static void write(JsonWriter json, @Nullable String id, RealtimeMessage message) {
        json.beginObject()
                .field("channel", message.channel().value())
                .optional("id", id)
                .optional("position", message.position());
        data(json, message);
        json.optional("source", message.source()).optional("messageType", message.type());
        if (message.qos() != Qos.AT_LEAST_ONCE) {
            json.field("qos", message.qos().level());
        }
        if (message.retain()) {
            json.field("retain", true);
        }
        privacy(json, message.privacy());
        offline(json, message.offline());
        trace(json, message.trace());
        headers(json, message.headers());
        json.optional("time", message.timestamp())
                .optional("expiry", message.expiry())
                .optional("correlationId", message.correlationId())
                .optional("replyTo", message.replyTo())
                .endObject();
    }

    /** Clause WS-31. Empty bytes are no JSON text, so empty JSON data is only its content type. */
    private static void data(JsonWriter json, RealtimeMessage message) {
        byte[] data = message.data().bytes();
        String contentType = message.contentType();
        if (message.isJson() && data.length > 0) {
            json.key("data").raw(data);
        } else if (MediaTypes.isText(contentType)
                && UnsafeByteOperations.unsafeWrap(data).isValidUtf8()) {
            json.optional("contentType", contentType).key("text").utf8String(data);
        } else {
            json.optional("contentType", contentType);
            if (data.length > 0) {
                json.key("base64").base64(data);
            }
        }
    }

    private static void privacy(JsonWriter json, Privacy privacy) {
        if (privacy.equals(Privacy.PUBLIC)) {
            return;
        }
        json.key("privacy").beginObject();
        if (!privacy.receivers().isEmpty()) {
            json.array("receivers", privacy.receivers(), json::string);
        }
        if (!privacy.store()) {
            json.field("store", false);
        }
        if (privacy.audit() != Privacy.Audit.FULL) {
            json.field("audit", word(privacy.audit()));
        }
        json.optional("encryption", privacy.encryption()).endObject();
    }

    private static void offline(JsonWriter json, OfflinePolicy offline) {
        if (offline.equals(OfflinePolicy.QUEUE)) {
            return;
        }
        json.key("offline").beginObject().field("mode", word(offline.mode()));
        Duration timeToLive = offline.timeToLive();
        if (timeToLive != null) {
            json.field("ttlMs", timeToLive.toMillis());
        }
        json.optional("collapseKey", offline.collapseKey()).endObject();
    }

    private static void trace(JsonWriter json, @Nullable TraceContext trace) {
        if (trace != null) {
            json.field("traceparent", trace.traceparent()).optional("tracestate", trace.tracestate());
        }
    }

    private static void headers(JsonWriter json, Map<String, String> headers) {
        if (headers.isEmpty()) {
            return;
        }
        json.key("headers").beginObject();
        headers.forEach((name, value) -> json.name(name).string(value));
        json.endObject();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
