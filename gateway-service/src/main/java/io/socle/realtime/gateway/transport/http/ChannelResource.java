package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.transport.spi.Requests;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Deletes a channel (clause HTTP-13). Every path with a resource of its own comes before this one. */
@Path("/v1/channels/{channel:.+}")
public class ChannelResource {
    private final Tokens tokens;
    private final Requests requests;

    ChannelResource(Tokens tokens, Requests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @DELETE
    public Uni<Response> delete(@PathParam("channel") String path, @Context UriInfo uri, @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = named(path, uri);
            return Uni.createFrom()
                    .completionStage(() -> requests.delete(who, channel, null))
                    .map(deleted -> Response.noContent().build());
        });
    }

    /**
     * The HTTP stack takes the first path that has the method, without a slash at its end. Deleting {@code a/messages} would
     * therefore succeed and do nothing for whoever meant the messages of {@code a}, and {@code a/} would be taken for {@code a}.
     */
    private static ChannelName named(String path, UriInfo uri) {
        boolean endsInSlash = uri.getRequestUri().getPath().endsWith("/");
        if (endsInSlash || !AllowedMethods.of("/v1/channels/" + path).equals("DELETE")) {
            throw new NotAllowedException("GET");
        }
        return Channels.parse(path);
    }
}
