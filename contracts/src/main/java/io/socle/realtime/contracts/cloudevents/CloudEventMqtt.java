package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT binding of CloudEvents. Binary mode, which needs MQTT 5, has attributes as user properties under their own
 * names and {@code datacontenttype} as the content type. Safe for any thread.
 */
public final class CloudEventMqtt {
    /** The user property that makes a PUBLISH an event in binary mode. */
    public static final String SPEC_VERSION = "specversion";

    private static final String DATA_CONTENT_TYPE = "datacontenttype";

    private CloudEventMqtt() {}

    /** Whether a PUBLISH of this content type carries one event in structured mode. */
    public static boolean isStructured(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals(CloudEventJson.CONTENT_TYPE);
    }

    /** Throws ProblemException where it is no event, or breaks a rule of the message. */
    public static RealtimeMessage readStructured(byte[] payload, ChannelName channel) {
        return CloudEvents.fromCloudEvent(CloudEventJson.read(payload), channel);
    }

    /**
     * Reads binary mode; throws ProblemException.
     *
     * @param attributes the user properties
     * @param contentType of the PUBLISH
     */
    public static RealtimeMessage readBinary(
            Map<String, String> attributes, @Nullable String contentType, byte[] payload, ChannelName channel) {
        try {
            return CloudEvents.fromCloudEvent(event(attributes, contentType, payload), channel);
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, "the user properties are no CloudEvent in binary mode of version 1.0");
        }
    }

    private static CloudEvent event(Map<String, String> attributes, @Nullable String contentType, byte[] payload) {
        if (!"1.0".equals(attributes.get(SPEC_VERSION))) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "specversion must be \"1.0\"");
        }
        CloudEventBuilder event = CloudEventBuilder.v1();
        attributes.forEach((name, value) -> {
            if (!name.equals(SPEC_VERSION) && !name.equals(DATA_CONTENT_TYPE)) {
                event.withContextAttribute(name, value);
            }
        });
        if (contentType != null) {
            event.withDataContentType(contentType);
        }
        return payload.length == 0 ? event.build() : event.withData(payload).build();
    }

    /** Binary mode but for the content type and the payload, which are the message's own. */
    public static void writeBinary(RealtimeMessage message, BiConsumer<String, String> property) {
        CloudEvent event = CloudEvents.toCloudEvent(message);
        property.accept(SPEC_VERSION, "1.0");
        for (String name : event.getAttributeNames()) {
            Object value = event.getAttribute(name);
            if (value != null && !name.equals(SPEC_VERSION) && !name.equals(DATA_CONTENT_TYPE)) {
                property.accept(name, CloudEvents.canonical(value));
            }
        }
        for (String name : event.getExtensionNames()) {
            Object value = event.getExtension(name);
            if (value != null) {
                property.accept(name, CloudEvents.canonical(value));
            }
        }
    }
}
