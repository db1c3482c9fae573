package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message as a CloudEvent 1.0 and back; the table and what is kept is in {@code docs/protocol/cloudevents.md}. */
public final class CloudEvents {
    private CloudEvents() {}

    public static CloudEvent toCloudEvent(RealtimeMessage message) {
        Extras extras = Extras.of(message);
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(message.id())
                .withSource(Origins.source(message.source(), message.channel()))
                .withType(Origins.type(message.type()))
                .withDataContentType(message.contentType());
        if (message.timestamp() != null) {
            event.withTime(message.timestamp().atOffset(ZoneOffset.UTC));
        }
        Attributes.of(message).forEach(event::withExtension);
        extras.context().forEach(event::withContextAttribute);
        if (!message.data().isEmpty()) {
            event.withData(message.data().bytes());
        }
        return event.build();
    }

    /**
     * Throws ProblemException where the event breaks a rule of the message.
     *
     * @param channel where it was published; null takes it from the event's {@code rtchannel}, else its {@code subject}
     */
    public static RealtimeMessage fromCloudEvent(CloudEvent event, @Nullable ChannelName channel) {
        try {
            return message(event, channel);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        } catch (CloudEventRWException e) {
            throw new ProblemException(FailureCode.MALFORMED_FRAME, "the data of the CloudEvent cannot be read");
        }
    }

    private static RealtimeMessage message(CloudEvent event, @Nullable ChannelName published) {
        Map<String, String> extensions = extensions(event);
        ChannelName channel = channel(event, extensions, published);
        MessageBuilder message = RealtimeMessage.builder(event.getId(), channel)
                .source(Origins.sourceOf(event.getSource().toString(), channel))
                .type(Origins.typeOf(event.getType()))
                .contentType(event.getDataContentType())
                .qos(Attributes.qos(extensions))
                .retain(Attributes.retain(extensions))
                .privacy(Attributes.privacy(extensions))
                .offline(Attributes.offline(extensions))
                .correlationId(extensions.get(Attributes.CORRELATION_ID));
        OffsetDateTime time = event.getTime();
        message.timestamp(time == null ? null : time.toInstant());
        places(message, extensions);
        Extras.read(event, extensions).applyTo(message);
        data(message, event);
        return message.build();
    }

    private static void places(MessageBuilder message, Map<String, String> extensions) {
        if (extensions.containsKey(Attributes.EXPIRY)) {
            message.expiry(Rfc3339.parse(extensions.get(Attributes.EXPIRY)));
        }
        if (extensions.containsKey(Attributes.POSITION)) {
            message.position(Position.parse(extensions.get(Attributes.POSITION)));
        }
        if (extensions.containsKey(Attributes.REPLY_TO)) {
            message.replyTo(channel(extensions.get(Attributes.REPLY_TO)));
        }
    }

    private static void data(MessageBuilder message, CloudEvent event) {
        CloudEventData data = event.getData();
        byte[] bytes = data == null ? null : data.toBytes();
        if (bytes == null || bytes.length == 0) {
            return;
        }
        if (RealtimeMessage.JSON.equals(event.getDataContentType())) {
            MessageJson.requireJson(bytes);
        }
        message.data(Payload.of(bytes));
    }

    private static ChannelName channel(
            CloudEvent event, Map<String, String> extensions, @Nullable ChannelName published) {
        String named = extensions.get(Attributes.CHANNEL);
        if (published != null) {
            if (named != null && !named.equals(published.value())) {
                throw new ProblemException(
                        FailureCode.INVALID_CHANNEL, "rtchannel is another channel than the one published to");
            }
            return published;
        }
        String name = named != null ? named : event.getSubject();
        if (name == null) {
            throw new ProblemException(FailureCode.MISSING_FIELD, "rtchannel is missing, and so is subject");
        }
        return channel(name);
    }

    private static ChannelName channel(String name) {
        try {
            return new ChannelName(name);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_CHANNEL, String.valueOf(e.getMessage()));
        }
    }

    /** Extensions in their canonical string form (CloudEvents section Type System). */
    private static Map<String, String> extensions(CloudEvent event) {
        Map<String, String> extensions = new TreeMap<>();
        for (String name : event.getExtensionNames()) {
            Object value = event.getExtension(name);
            if (value != null) {
                extensions.put(name, canonical(value));
            }
        }
        return extensions;
    }

    static String canonical(Object value) {
        return switch (value) {
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case OffsetDateTime time -> Rfc3339.format(time.toInstant());
            default -> value.toString();
        };
    }
}
