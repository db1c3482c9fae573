package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.ServerFrameWriter;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.spi.ProblemJson;
import io.socle.realtime.gateway.transport.spi.Requests;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The bodies and headers of answers. */
final class HttpAnswers {
    private static final int MULTI_STATUS = 207;
    private static final int RESULT_BYTES = 192;

    private HttpAnswers() {}

    static Response published(Requests.Published published) {
        int status = published.position() == null ? 202 : 200;
        return json(
                status, writePublished(new JsonWriter(RESULT_BYTES), published).toBytes());
    }

    static Response batch(List<PublishResult> results) {
        boolean all = results.stream().allMatch(PublishResult.Done.class::isInstance);
        JsonWriter json = new JsonWriter(RESULT_BYTES * (results.size() + 1));
        json.beginObject().array("results", results, result -> writeResult(json, result));
        return json(all ? 200 : MULTI_STATUS, json.endObject().toBytes());
    }

    private static void writeResult(JsonWriter json, PublishResult result) {
        switch (result) {
            case PublishResult.Done(var published) -> writePublished(json, published);
            case PublishResult.Failed(Problem problem) ->
                ProblemJson.write(json.beginObject().key("problem"), problem).endObject();
        }
    }

    private static JsonWriter writePublished(JsonWriter json, Requests.Published published) {
        json.beginObject()
                .field("id", published.id())
                .field("channel", published.channel().value())
                .optional("position", published.position());
        if (published.repeat()) {
            json.field("repeat", true);
        }
        return json.optional("lagMs", published.lagMs()).endObject();
    }

    static Response history(ChannelName channel, Requests.History page, boolean forward, int limit) {
        byte[] body = ServerFrameWriter.historyBody(channel, page.items(), page.next());
        Response.ResponseBuilder answer = Response.ok(body, RealtimeMessage.JSON);
        if (page.next() != null) {
            String query = (forward ? "since=" : "before=") + page.next() + "&limit=" + limit;
            answer.header("Link", "<?" + query + ">; rel=\"next\"");
        }
        return answer.build();
    }

    static Response message(RealtimeMessage message) {
        return json(200, MessageJson.write(message));
    }

    static Response problem(Problem problem) {
        int status = problem.code().httpStatus();
        Response.ResponseBuilder answer =
                Response.status(status).type(ProblemJson.MEDIA_TYPE).entity(ProblemJson.write(problem));
        if (ProblemJson.mayRetry(problem)) {
            answer.header("Retry-After", ProblemJson.retryAfterSeconds(problem));
        }
        if (status == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.build();
    }

    static Response json(int status, byte[] body) {
        return Response.status(status).type(RealtimeMessage.JSON).entity(body).build();
    }
}
