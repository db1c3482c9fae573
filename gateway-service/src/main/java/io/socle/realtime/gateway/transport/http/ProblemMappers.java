package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of an HTTP request as problem+json (clause HTTP-20). */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException failure) {
        return HttpAnswers.problem(failure.problem());
    }

    /** What the HTTP stack itself refuses. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException failure, UriInfo uri) {
        FailureCode code = codeOf(failure.getResponse().getStatus());
        Response problem = HttpAnswers.problem(Problem.of(code));
        return code == FailureCode.METHOD_NOT_ALLOWED
                ? Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, AllowedMethods.of(uri.getPath()))
                        .build()
                : problem;
    }

    private static FailureCode codeOf(int status) {
        return switch (status) {
            case 404 -> FailureCode.NOT_FOUND;
            case 405 -> FailureCode.METHOD_NOT_ALLOWED;
            case 413 -> FailureCode.PAYLOAD_TOO_LARGE;
            case 406, 415 -> FailureCode.UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? FailureCode.MALFORMED_FRAME : FailureCode.INTERNAL_ERROR;
        };
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException failure) {
        LOG.error("A request failed unexpectedly", failure);
        return HttpAnswers.problem(Problem.of(FailureCode.INTERNAL_ERROR));
    }
}
