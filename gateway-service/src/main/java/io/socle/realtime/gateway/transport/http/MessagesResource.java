package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.HistoryRange;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.gateway.transport.spi.Requests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A channel's messages: publishes one, reads history (clauses HTTP-1 to HTTP-3, HTTP-10). */
@Path("/v1/channels/{channel:.+}/messages")
public class MessagesResource {
    private final Tokens tokens;
    private final Requests requests;

    MessagesResource(Tokens tokens, Requests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @POST
    public Uni<Response> publish(
            @PathParam("channel") String path, @Context HttpHeaders headers, byte @Nullable [] body) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            MessageDraft draft = PublishBodies.one(channel, headers, body == null ? new byte[0] : body);
            return Uni.createFrom()
                    .completionStage(() -> requests.publish(Tokens.TRANSPORT, who, draft, null))
                    .map(HttpAnswers::published);
        });
    }

    @GET
    public Uni<Response> history(
            @PathParam("channel") String path,
            @QueryParam("last") @Nullable String last,
            @QueryParam("since") @Nullable String since,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit,
            @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            int items = (int) Queries.number("limit", limit, ClientFrame.DEFAULT_HISTORY_ITEMS, Limits.PAGE_ITEMS);
            HistoryRange range = range(last, since, before, items);
            boolean forward = range instanceof HistoryRange.From;
            return Uni.createFrom()
                    .completionStage(() -> requests.history(who, channel, range, items))
                    .map(page -> HttpAnswers.history(channel, page, forward, items));
        });
    }

    private static HistoryRange range(
            @Nullable String last, @Nullable String since, @Nullable String before, int items) {
        if (Stream.of(last != null, since != null, before != null)
                        .filter(Boolean::booleanValue)
                        .count()
                > 1) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "last, since and before exclude each other");
        }
        if (since != null) {
            return new HistoryRange.From(Queries.since(since));
        }
        if (before != null) {
            return new HistoryRange.Before(Queries.position(before));
        }
        return new HistoryRange.Newest(Queries.number("last", last, items, ClientFrame.MAX_ID));
    }
}
