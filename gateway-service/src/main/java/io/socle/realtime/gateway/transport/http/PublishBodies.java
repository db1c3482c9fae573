package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.cloudevents.CloudEventHttp;
import io.socle.realtime.contracts.cloudevents.CloudEventJson;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Message drafts from request bodies, by media type (clauses HTTP-2, HTTP-4). */
final class PublishBodies {
    private PublishBodies() {}

    /** One message; throws ProblemException where it cannot be read. */
    static MessageDraft one(ChannelName channel, HttpHeaders headers, byte[] body) {
        Map<String, String> lowerCase = lowerCase(headers);
        if (!CloudEventHttp.isCloudEvent(lowerCase)) {
            return new PublishHeaders(headers).message(channel, body);
        }
        RealtimeMessage message = CloudEventHttp.read(lowerCase, body, channel);
        return MessageDraft.of(traced(message, PublishHeaders.trace(headers)));
    }

    /** The event's own trace wins over the request's, for the request may come from a forwarder. */
    private static RealtimeMessage traced(RealtimeMessage message, @Nullable TraceContext request) {
        return message.trace() != null || request == null
                ? message
                : message.toBuilder().trace(request).build();
    }

    /** A batch, refused whole where it cannot be read. */
    static List<MessageDraft> batch(HttpHeaders headers, byte[] body, int most) {
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && MediaTypes.is(contentType, CloudEventJson.BATCH_CONTENT_TYPE)) {
            return CloudEventHttp.readBatch(body, most).stream()
                    .map(MessageDraft::of)
                    .toList();
        }
        if (contentType != null && MediaTypes.is(contentType, RealtimeMessage.JSON)) {
            return MessageJson.readBatch(body, most);
        }
        throw new ProblemException(
                FailureCode.UNSUPPORTED_MEDIA_TYPE,
                "a batch is application/json or " + CloudEventJson.BATCH_CONTENT_TYPE);
    }

    private static Map<String, String> lowerCase(HttpHeaders headers) {
        Map<String, String> lowerCase = new HashMap<>();
        headers.getRequestHeaders()
                .forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return lowerCase;
    }
}
