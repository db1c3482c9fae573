package io.socle.realtime.gateway.transport.mqtt.mapping;

import io.socle.realtime.contracts.cloudevents.CloudEventMqtt;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import java.time.Duration;
import java.time.Instant;

/** A message as the properties of the PUBLISH that delivers it. */
public final class OutboundMessages {
    private OutboundMessages() {}

    /** The properties that are alike for all clients of a format. */
    public static Properties properties(RealtimeMessage message, MessageFormat format) {
        Properties.Builder properties = Properties.builder()
                .text(Property.CONTENT_TYPE, message.contentType())
                .binary(Property.CORRELATION_DATA, CorrelationData.toBytes(message.correlationId()));
        if (message.replyTo() != null) {
            properties.text(Property.RESPONSE_TOPIC, message.replyTo().value());
        }
        if ("1".equals(message.headers().get(UserProperties.PAYLOAD_FORMAT))) {
            properties.number(Property.PAYLOAD_FORMAT, 1);
        }
        if (format == MessageFormat.CLOUDEVENTS) {
            CloudEventMqtt.writeBinary(message, properties::user);
        } else {
            Parts.of(message, format == MessageFormat.REALTIME)
                    .forEach(user -> properties.user(user.name(), user.value()));
        }
        return properties.build();
    }

    /** What is left of its life, in whole seconds upwards (MQTT 5 section 3.3.2.3.3); 0 where it is over. */
    public static long secondsLeft(Instant expiry, Instant now) {
        Duration left = Duration.between(now, expiry);
        return left.isNegative() || left.isZero()
                ? 0
                : left.plusNanos(999_999_999).toSeconds();
    }
}
