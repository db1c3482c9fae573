package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.spi.Requests;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Deletes one message (clause HTTP-13). */
@Path("/v1/channels/{channel:.+}/messages/{position:[^/]+}")
public class MessageResource {
    private final Tokens tokens;
    private final Requests requests;

    MessageResource(Tokens tokens, Requests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @DELETE
    public Uni<Response> delete(
            @PathParam("channel") String path, @PathParam("position") String position, @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            Position at = Queries.position(position);
            return Uni.createFrom()
                    .completionStage(() -> requests.delete(who, channel, at))
                    .map(deleted -> Response.noContent().build());
        });
    }
}
