package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.transport.spi.Requests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Reads a channel's retained message (clause HTTP-11). */
@Path("/v1/channels/{channel:.+}/retained")
public class RetainedResource {
    private final Tokens tokens;
    private final Requests requests;

    RetainedResource(Tokens tokens, Requests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @GET
    public Uni<Response> retained(@PathParam("channel") String path, @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            return Uni.createFrom()
                    .completionStage(() -> requests.retained(who, channel))
                    .map(message -> HttpAnswers.message(message.orElseThrow(
                            () -> new ProblemException(FailureCode.NOT_FOUND, "the channel has no retained message"))));
        });
    }
}
