package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.gateway.transport.spi.PresenceRequests;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Members of a channel (clauses PRS-50 and PRS-51). */
@Path("/v1/channels/{channel:.+}/members")
public class MembersResource {
    private static final long DEFAULT_TTL = 60;
    private static final byte[] NOTHING = {'{', '}'};

    private final Tokens tokens;
    private final PresenceRequests requests;

    MembersResource(Tokens tokens, PresenceRequests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @GET
    public Uni<Response> members(
            @PathParam("channel") String path,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("skill") @Nullable String skill,
            @QueryParam("kind") @Nullable String kind,
            @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            var ask = new PresenceAsk.Members(
                    0,
                    Channels.parse(path),
                    after == null ? null : place(after),
                    (int) Queries.number("limit", limit, PresenceAsk.DEFAULT_MEMBERS, PresenceAsk.MAX_MEMBERS),
                    skill == null ? null : Queries.identifier("skill", skill),
                    kind == null ? null : kind(kind));
            return Uni.createFrom()
                    .completionStage(() -> requests.members(who, ask))
                    .map(page -> HttpAnswers.json(200, PresenceJson.membersBody(ask.channel(), page)));
        });
    }

    private static MemberPlace place(String cursor) {
        try {
            return MemberPlace.parse(cursor);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_CURSOR, e.getMessage());
        }
    }

    private static MemberKind kind(String word) {
        return Arrays.stream(MemberKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        FailureCode.INVALID_VALUE, "kind is none of human, agent, device and service"));
    }

    @PUT
    @Path("/{entry:[^/]+}")
    public Uni<Response> enter(
            @PathParam("channel") String path,
            @PathParam("entry") String entry,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            PresenceJson.Body member = PresenceJson.body(body == null || body.length == 0 ? NOTHING : body);
            Duration ttl = Duration.ofSeconds(member.ttl() == null ? DEFAULT_TTL : member.ttl());
            return Uni.createFrom()
                    .completionStage(() ->
                            requests.enter(who, channel, Queries.identifier("entry", entry), member.profile(), ttl))
                    .map(version -> HttpAnswers.json(200, PresenceJson.changed(channel, entry, version)));
        });
    }

    @DELETE
    @Path("/{entry:[^/]+}")
    public Uni<Response> leave(
            @PathParam("channel") String path, @PathParam("entry") String entry, @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            return Uni.createFrom()
                    .completionStage(() -> requests.leave(who, channel, Queries.identifier("entry", entry)))
                    .map(version -> HttpAnswers.json(200, PresenceJson.changed(channel, entry, version)));
        });
    }
}
