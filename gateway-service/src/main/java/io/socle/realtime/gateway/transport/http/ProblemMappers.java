package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of an HTTP request as problem+json (clause HTTP-20). */
public class ProblemMappers {
    @ServerExceptionMapper
    public Response problem(ProblemException failure) {
        return HttpAnswers.problem(failure.problem());
    }

    @ServerExceptionMapper
    public Response notFound(NotFoundException failure) {
        return HttpAnswers.problem(Problem.of(FailureCode.NOT_FOUND));
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException failure) {
        return HttpAnswers.problem(Problem.of(FailureCode.METHOD_NOT_ALLOWED));
    }

    @ServerExceptionMapper
    public Response notSupported(NotSupportedException failure) {
        return HttpAnswers.problem(Problem.of(FailureCode.UNSUPPORTED_MEDIA_TYPE));
    }
}
