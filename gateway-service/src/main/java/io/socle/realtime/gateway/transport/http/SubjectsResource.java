package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.gateway.transport.spi.PresenceRequests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Where somebody is (clause PRS-52). */
@Path("/v1/subjects/{subject:.+}/presence")
public class SubjectsResource {
    private final Tokens tokens;
    private final PresenceRequests requests;

    SubjectsResource(Tokens tokens, PresenceRequests requests) {
        this.tokens = tokens;
        this.requests = requests;
    }

    @GET
    public Uni<Response> where(@PathParam("subject") String subject, @Context HttpHeaders headers) {
        return tokens.principal(headers)
                .flatMap(who -> Uni.createFrom()
                        .completionStage(() -> requests.where(who, Queries.identifier("subject", subject)))
                        .map(found -> HttpAnswers.json(200, PresenceJson.whereaboutsBody(found))));
    }
}
