package io.socle.realtime.contracts.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One message as every protocol sees it; the clauses are in {@code docs/protocol/websocket.md}.
 *
 * @param id unique per channel within the deduplication window; the publisher's, or given by the gateway
 * @param channel where it is published
 * @param source who published it, as a URI reference; the gateway sets it to the principal where it is absent
 * @param type the kind of event, reverse-DNS by habit
 * @param contentType media type of {@link #data}; {@code application/json} is verified at the gateway
 * @param data opaque bytes
 * @param qos the publisher's level
 * @param retain whether it becomes the channel's retained message; empty data then deletes the retained one
 * @param privacy who may receive it and what may be kept
 * @param offline what becomes of it for a subscriber that is away
 * @param trace the trace it belongs to
 * @param headers free names and values, kept over every protocol; sorted by name
 * @param timestamp when it happened, by the publisher's clock; the log's time where it is absent
 * @param expiry the moment after which it is no longer delivered
 * @param correlationId ties a reply to its request
 * @param replyTo the channel where a reply is expected
 * @param position its place in the channel; null until the owner has decided it
 */
public record RealtimeMessage(
        String id,
        ChannelName channel,
        @Nullable String source,
        @Nullable String type,
        @Nullable String contentType,
        Payload data,
        Qos qos,
        boolean retain,
        Privacy privacy,
        OfflinePolicy offline,
        @Nullable TraceContext trace,
        Map<String, String> headers,
        @Nullable Instant timestamp,
        @Nullable Instant expiry,
        @Nullable String correlationId,
        @Nullable ChannelName replyTo,
        @Nullable Position position) {

    /** The media type that travels as JSON inside JSON frames. */
    public static final String JSON = "application/json";

    public RealtimeMessage {
        Checks.identifier(id, "message.id");
        Checks.optionalAttribute(source, "message.source");
        Checks.optionalAttribute(type, "message.type");
        Checks.optionalAttribute(contentType, "message.contentType");
        Checks.optionalIdentifier(correlationId, "message.correlationId");
        Checks.optionalTime(timestamp, "message.time");
        Checks.optionalTime(expiry, "message.expiry");
        if (data.size() > Limits.DATA_BYTES) {
            throw new InvalidValueException("message.data", "is longer than " + Limits.DATA_BYTES + " bytes");
        }
        headers = checkedHeaders(headers);
    }

    private static Map<String, String> checkedHeaders(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        if (headers.size() > Limits.HEADERS) {
            throw new InvalidValueException("message.headers", "has more than " + Limits.HEADERS + " entries");
        }
        int bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            Checks.identifier(header.getKey(), "message.headers name");
            Checks.text(header.getValue(), "message.headers value", Limits.HEADER_BYTES);
            bytes += utf8Length(header.getKey()) + utf8Length(header.getValue());
        }
        if (bytes > Limits.HEADER_BYTES) {
            throw new InvalidValueException("message.headers", "is longer than " + Limits.HEADER_BYTES + " bytes");
        }
        return Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public boolean isJson() {
        return JSON.equals(contentType);
    }

    /** A builder with the defaults: QoS 1, public, queued for who is away. */
    public static MessageBuilder builder(String id, ChannelName channel) {
        return new MessageBuilder(id, channel);
    }

    public MessageBuilder toBuilder() {
        return new MessageBuilder(this);
    }
}
