package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The HTTP binding of CloudEvents: binary and structured mode and batches. Safe for any thread. */
public final class CloudEventHttp {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String SPEC_VERSION = "ce-specversion";
    private static final String PREFIX = "ce-";

    private CloudEventHttp() {}

    /** Whether a request with these headers, names in any case, carries one CloudEvent. */
    public static boolean isCloudEvent(Map<String, String> headers) {
        return isStructured(headers) || header(headers, SPEC_VERSION) != null;
    }

    /** Binary mode: attributes in headers, percent-encoded as the binding wants; returns the body. */
    public static byte[] writeBinary(RealtimeMessage message, BiConsumer<String, String> header) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpMessageFactory.createWriter(
                        (name, value) -> header.accept(
                                name, name.equalsIgnoreCase(CONTENT_TYPE) ? value : Percent.encodeHeader(value)),
                        bytes -> body.writeBytes(bytes == null ? new byte[0] : bytes))
                .writeBinary(CloudEvents.toCloudEvent(message));
        return body.toByteArray();
    }

    /** Structured mode; the content type is {@link CloudEventJson#CONTENT_TYPE}. */
    public static byte[] writeStructured(RealtimeMessage message) {
        return new CloudEventJson().serialize(CloudEvents.toCloudEvent(message));
    }

    /** The content type is {@link CloudEventJson#BATCH_CONTENT_TYPE}. */
    public static byte[] writeBatch(List<RealtimeMessage> messages) {
        return CloudEventJson.writeBatch(
                messages.stream().map(CloudEvents::toCloudEvent).toList());
    }

    /**
     * Reads either mode; throws ProblemException.
     *
     * @param headers of the request, names in any case
     * @param channel where it was published; null takes it from the event
     */
    public static RealtimeMessage read(Map<String, String> headers, byte[] body, @Nullable ChannelName channel) {
        CloudEvent event = isStructured(headers) ? CloudEventJson.read(body) : binary(headers, body);
        return CloudEvents.fromCloudEvent(event, channel);
    }

    /** Each event names its channel; throws ProblemException, also where one of them is wrong. */
    public static List<RealtimeMessage> readBatch(byte[] body, int most) {
        List<RealtimeMessage> messages = new ArrayList<>();
        CloudEventJson.readBatch(body, most).forEach(event -> messages.add(CloudEvents.fromCloudEvent(event, null)));
        return messages;
    }

    private static CloudEvent binary(Map<String, String> headers, byte[] body) {
        try {
            return HttpMessageFactory.createReader(
                            action -> headers.forEach((name, value) -> action.accept(name, decoded(name, value))), body)
                    .toEvent();
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, "the headers are no CloudEvent in binary mode of version 1.0");
        }
    }

    private static String decoded(String name, String value) {
        if (!name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return value;
        }
        String unquoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        // What is not percent-encoded properly is taken as it stands.
        return Percent.decode(unquoted).orElse(unquoted);
    }

    private static boolean isStructured(Map<String, String> headers) {
        String contentType = header(headers, CONTENT_TYPE);
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.equals(CloudEventJson.CONTENT_TYPE) || type.startsWith(CloudEventJson.CONTENT_TYPE + ";");
    }

    private static @Nullable String header(Map<String, String> headers, String wanted) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(wanted)) {
                return header.getValue();
            }
        }
        return null;
    }
}
