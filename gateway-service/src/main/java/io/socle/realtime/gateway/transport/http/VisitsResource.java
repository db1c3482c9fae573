package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.transport.spi.PresenceRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who was there when (clause PRS-53). */
@Path("/v1/channels/{channel:.+}/visits")
public class VisitsResource {
    /** Of RFC 3339's last year. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private final Tokens tokens;
    private final PresenceRequests requests;

    VisitsResource(Tokens tokens, PresenceRequests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @GET
    public Uni<Response> visits(
            @PathParam("channel") String path,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpHeaders headers) {
        return tokens.principal(headers).flatMap(who -> {
            ChannelName channel = Channels.parse(path);
            Instant begin = time("from", from, Instant.EPOCH);
            Instant end = time("to", to, END);
            return Uni.createFrom()
                    .completionStage(() -> requests.visits(who, channel, begin, end))
                    .map(visits -> HttpAnswers.json(200, PresenceJson.visitsBody(channel, visits)));
        });
    }

    private static Instant time(String name, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Rfc3339.parse(text);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, name + " is no RFC 3339 time");
        }
    }
}
