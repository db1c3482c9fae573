package io.socle.realtime.contracts.message;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RealtimeMessage}; not for use by several threads. */
public final class MessageBuilder {
    private String id;
    private ChannelName channel;
    private @Nullable String source;
    private @Nullable String type;
    private @Nullable String contentType;
    private Payload data = Payload.EMPTY;
    private Qos qos = Qos.AT_LEAST_ONCE;
    private boolean retain;
    private Privacy privacy = Privacy.PUBLIC;
    private OfflinePolicy offline = OfflinePolicy.QUEUE;
    private @Nullable TraceContext trace;
    private Map<String, String> headers = Map.of();
    private @Nullable Instant timestamp;
    private @Nullable Instant expiry;
    private @Nullable String correlationId;
    private @Nullable ChannelName replyTo;
    private @Nullable Position position;

    MessageBuilder(String id, ChannelName channel) {
        this.id = id;
        this.channel = channel;
    }

    MessageBuilder(RealtimeMessage message) {
        this.id = message.id();
        this.channel = message.channel();
        this.source = message.source();
        this.type = message.type();
        this.contentType = message.contentType();
        this.data = message.data();
        this.qos = message.qos();
        this.retain = message.retain();
        this.privacy = message.privacy();
        this.offline = message.offline();
        this.trace = message.trace();
        this.headers = message.headers();
        this.timestamp = message.timestamp();
        this.expiry = message.expiry();
        this.correlationId = message.correlationId();
        this.replyTo = message.replyTo();
        this.position = message.position();
    }

    public MessageBuilder id(String value) {
        this.id = value;
        return this;
    }

    public MessageBuilder channel(ChannelName value) {
        this.channel = value;
        return this;
    }

    public MessageBuilder source(@Nullable String value) {
        this.source = value;
        return this;
    }

    public MessageBuilder type(@Nullable String value) {
        this.type = value;
        return this;
    }

    public MessageBuilder contentType(@Nullable String value) {
        this.contentType = value;
        return this;
    }

    public MessageBuilder data(Payload value) {
        this.data = value;
        return this;
    }

    public MessageBuilder qos(Qos value) {
        this.qos = value;
        return this;
    }

    public MessageBuilder retain(boolean value) {
        this.retain = value;
        return this;
    }

    public MessageBuilder privacy(Privacy value) {
        this.privacy = value;
        return this;
    }

    public MessageBuilder offline(OfflinePolicy value) {
        this.offline = value;
        return this;
    }

    public MessageBuilder trace(@Nullable TraceContext value) {
        this.trace = value;
        return this;
    }

    public MessageBuilder headers(Map<String, String> value) {
        this.headers = value;
        return this;
    }

    public MessageBuilder timestamp(@Nullable Instant value) {
        this.timestamp = value;
        return this;
    }

    public MessageBuilder expiry(@Nullable Instant value) {
        this.expiry = value;
        return this;
    }

    public MessageBuilder correlationId(@Nullable String value) {
        this.correlationId = value;
        return this;
    }

    public MessageBuilder replyTo(@Nullable ChannelName value) {
        this.replyTo = value;
        return this;
    }

    public MessageBuilder position(@Nullable Position value) {
        this.position = value;
        return this;
    }

    /** JSON text as data, with its content type. */
    public MessageBuilder json(String text) {
        return contentType(RealtimeMessage.JSON).data(Payload.utf8(text));
    }

    public RealtimeMessage build() {
        return new RealtimeMessage(
                id,
                channel,
                source,
                type,
                contentType,
                data,
                qos,
                retain,
                privacy,
                offline,
                trace,
                headers,
                timestamp,
                expiry,
                correlationId,
                replyTo,
                position);
    }
}
