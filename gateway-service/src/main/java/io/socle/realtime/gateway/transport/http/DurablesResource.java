package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.DurableJson;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.spi.DurableRequests;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durable subscriptions page by page (clauses DUR-11 to DUR-13). */
@Path("/v1/channels/{channel:.+}/durables/{name:[^/]+}")
public class DurablesResource {
    private static final int DEFAULT_MESSAGES = 100;
    private static final int MOST_SECONDS = 60;

    private final Tokens tokens;
    private final DurableRequests requests;

    DurablesResource(Tokens tokens, DurableRequests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @GET
    @Path("/messages")
    public Uni<Response> pull(
            @PathParam("channel") String path,
            @PathParam("name") String name,
            @QueryParam("since") @Nullable String since,
            @QueryParam("last") @Nullable String last,
            @QueryParam("max") @Nullable String max,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            var pull = new DurableRequests.Pull(
                    Channels.parse(path),
                    Queries.identifier("name", name),
                    start(since, last),
                    (int) Queries.number("max", max, DEFAULT_MESSAGES, Limits.PAGE_ITEMS),
                    patience(wait));
            return Uni.createFrom()
                    .completionStage(() -> requests.pull(who, pull))
                    .map(page -> HttpAnswers.json(200, DurableJson.page(page)));
        });
    }

    private static @Nullable Since start(@Nullable String since, @Nullable String last) {
        if (since != null && last != null) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "last and since exclude each other");
        }
        if (last != null) {
            return new Since.Last(Queries.number("last", last, 1, Long.MAX_VALUE));
        }
        return since == null ? null : Queries.since(since);
    }

    private static Duration patience(@Nullable String text) {
        if (text == null || text.equals("0") || text.equals("0s")) {
            return Duration.ZERO;
        }
        String digits = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        return Duration.ofSeconds(Queries.number("wait", digits, 0, MOST_SECONDS));
    }

    @POST
    @Path("/ack")
    public Uni<Response> acknowledge(
            @PathParam("channel") String path,
            @PathParam("name") String name,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            Position position = DurableJson.acknowledgement(body == null ? new byte[0] : body);
            return Uni.createFrom()
                    .completionStage(
                            () -> requests.acknowledge(who, channel, Queries.identifier("name", name), position))
                    .map(acknowledged -> HttpAnswers.json(200, DurableJson.acknowledgement(acknowledged)));
        });
    }

    @DELETE
    public Uni<Response> delete(
            @PathParam("channel") String path, @PathParam("name") String name, @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            return Uni.createFrom()
                    .completionStage(() -> requests.delete(who, channel, Queries.identifier("name", name)))
                    .map(deleted -> Response.noContent().build());
        });
    }
}
