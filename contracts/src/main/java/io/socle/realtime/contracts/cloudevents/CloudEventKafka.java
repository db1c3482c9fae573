package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The Kafka binding of CloudEvents, binary mode: attributes in headers {@code ce_*}, data as the value. */
public final class CloudEventKafka {
    private static final String STRUCTURED = "application/cloudevents";

    private CloudEventKafka() {}

    /** A record with the channel as its key, so that one channel's events keep their order. */
    public static ProducerRecord<String, byte[]> write(String topic, RealtimeMessage message) {
        return KafkaMessageFactory.createWriter(topic, message.channel().value())
                .writeBinary(CloudEvents.toCloudEvent(message));
    }

    /**
     * Reads binary or structured mode; throws ProblemException.
     *
     * @param value null where the event has no data
     * @param channel null takes it from the event
     */
    public static RealtimeMessage read(Headers headers, byte @Nullable [] value, @Nullable ChannelName channel) {
        try {
            byte[] body = value == null ? new byte[0] : value;
            return CloudEvents.fromCloudEvent(
                    isStructured(headers)
                            ? CloudEventJson.read(body)
                            : KafkaMessageFactory.createReader(headers, body).toEvent(),
                    channel);
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, "the record is no CloudEvent of version 1.0 in the Kafka binding");
        }
    }

    private static boolean isStructured(Headers headers) {
        var contentType = headers.lastHeader("content-type");
        return contentType != null && new String(contentType.value(), StandardCharsets.UTF_8).startsWith(STRUCTURED);
    }
}
