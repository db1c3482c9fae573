package io.socle.realtime.gateway.transport.mqtt.mapping;

import io.socle.realtime.contracts.cloudevents.CloudEventMqtt;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client's PUBLISH, or will, says as a message; every method throws ProblemException. */
public final class InboundMessages {
    private InboundMessages() {}

    /**
     * What PUBLISH and will have in common.
     *
     * @param topic resolved, where an alias stood for it
     */
    public record Content(String topic, int qos, boolean retain, Properties properties, Payload payload) {}

    /**
     * Reads the message.
     *
     * @param freshId its id where the publisher gave none
     * @param now when it came, from which its expiry counts
     */
    public static MessageDraft read(Content content, String freshId, Instant now) {
        checkFormat(content);
        ChannelName channel = channel(content.topic());
        try {
            return MessageDraft.of(message(content, channel, freshId, now));
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    /** Throws ProblemException where the topic names no channel. */
    public static ChannelName channel(String topic) {
        try {
            return new ChannelName(topic);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_CHANNEL, String.valueOf(e.getMessage()));
        }
    }

    /** A payload that says it is UTF-8 has to be (MQTT 5 section 3.3.2.3.2). */
    private static void checkFormat(Content content) {
        if (content.properties().number(Property.PAYLOAD_FORMAT, 0) == 1 && !isUtf8(content.payload())) {
            throw new ProblemException(FailureCode.INVALID_DATA, "the payload is not the UTF-8 that its format says");
        }
    }

    private static boolean isUtf8(Payload payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload.bytes()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static RealtimeMessage message(Content content, ChannelName channel, String freshId, Instant now) {
        Properties properties = content.properties();
        String contentType = properties.text(Property.CONTENT_TYPE);
        MessageBuilder message = CloudEventMqtt.isStructured(contentType)
                ? CloudEventMqtt.readStructured(content.payload().bytes(), channel).toBuilder()
                : unstructured(content, channel, freshId);
        message.qos(Qos.of(content.qos())).retain(content.retain()).position(null);
        long expiry = properties.number(Property.MESSAGE_EXPIRY, -1);
        if (expiry >= 0) {
            message.expiry(now.plusSeconds(expiry));
        }
        String correlation = CorrelationData.toText(properties.binary(Property.CORRELATION_DATA));
        if (correlation != null) {
            message.correlationId(correlation);
        }
        String replyTo = properties.text(Property.RESPONSE_TOPIC);
        if (replyTo != null) {
            message.replyTo(channel(replyTo));
        }
        return message.build();
    }

    private static MessageBuilder unstructured(Content content, ChannelName channel, String freshId) {
        Properties properties = content.properties();
        String contentType = contentType(content);
        MessageBuilder message = properties.user(CloudEventMqtt.SPEC_VERSION) == null
                ? plain(properties, channel, freshId)
                : event(content, contentType, channel);
        message.data(content.payload()).contentType(contentType);
        return message;
    }

    private static MessageBuilder plain(Properties properties, ChannelName channel, String freshId) {
        Parts parts = Parts.of(properties.user());
        String id = parts.id();
        MessageBuilder message = RealtimeMessage.builder(id == null ? freshId : id, channel);
        parts.applyTo(message);
        if (properties.number(Property.PAYLOAD_FORMAT, 0) == 1) {
            Map<String, String> headers = new TreeMap<>(message.build().headers());
            headers.put(UserProperties.PAYLOAD_FORMAT, "1");
            message.headers(headers);
        }
        return message;
    }

    private static MessageBuilder event(Content content, @Nullable String contentType, ChannelName channel) {
        Map<String, String> attributes = new HashMap<>();
        content.properties().user().forEach(property -> attributes.put(property.name(), property.value()));
        return CloudEventMqtt.readBinary(
                attributes, contentType, content.payload().bytes(), channel)
                .toBuilder();
    }

    /** JSON is verified, because it travels as JSON inside other protocols; JSON without data is no JSON. */
    private static @Nullable String contentType(Content content) {
        String given = content.properties().text(Property.CONTENT_TYPE);
        if (given == null || given.isEmpty()) {
            return null;
        }
        if (given.equals(RealtimeMessage.JSON)) {
            if (content.payload().isEmpty()) {
                return null;
            }
            MessageJson.requireJson(content.payload().bytes());
        }
        return given;
    }
}
