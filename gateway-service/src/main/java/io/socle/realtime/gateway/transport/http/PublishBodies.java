package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.FrameException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.message.ChannelName;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** Message drafts from request bodies, by media type. */
final class PublishBodies {
    private PublishBodies() {}

    /** One message; throws ProblemException where it cannot be read. */
    static MessageDraft one(ChannelName channel, HttpHeaders headers, byte[] body) {
        try {
            return new PublishHeaders(headers).message(channel, body);
        } catch (FrameException e) {
            throw new ProblemException(e.problem());
        }
    }

    /** A batch, refused whole where it cannot be read. */
    static List<MessageDraft> batch(HttpHeaders headers, byte[] body, int most) {
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType == null || !PublishHeaders.isJson(contentType)) {
            throw new ProblemException(
                    FailureCode.UNSUPPORTED_MEDIA_TYPE,
                    "a batch is application/json or application/cloudevents-batch+json");
        }
        try {
            return MessageJson.readBatch(body, most);
        } catch (FrameException e) {
            throw new ProblemException(e.problem());
        }
    }
}
