package io.socle.realtime.gateway.transport.sse;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.ProblemJson;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/sse}: turns a request into a link that only receives (clauses SSE-1 to SSE-6). */
@ApplicationScoped
public class EventStreamRoute {
    private static final String PATH = "/v1/sse";
    private static final String BEARER = "bearer ";

    private final Authenticator authenticator;
    private final Connections connections;
    private final TransportSettings settings;

    EventStreamRoute(Authenticator authenticator, Connections connections, TransportSettings settings) {
        this.authenticator = authenticator;
        this.connections = connections;
        this.settings = settings;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::handle);
        router.route(PATH).handler(routing -> {
            routing.response().putHeader("Allow", "GET");
            refuse(routing.response(), Problem.of(FailureCode.METHOD_NOT_ALLOWED));
        });
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        EventStreamRequest wanted;
        try {
            if (!authenticator.allowsOrigin(request.getHeader("Origin"), request.getHeader("Host"))) {
                throw new ProblemException(Problem.of(FailureCode.ORIGIN_REFUSED));
            }
            wanted = EventStreamRequest.parse(request, settings.sseSubscriptions());
        } catch (ProblemException e) {
            refuse(routing.response(), e.problem());
            return;
        }
        Executor loop = ((ContextInternal) routing.vertx().getOrCreateContext()).nettyEventLoop();
        authenticator
                .authenticate(token(request))
                .whenComplete(
                        (principal, failure) -> loop.execute(() -> begin(routing, wanted, principal, failure, loop)));
    }

    private void begin(
            RoutingContext routing,
            EventStreamRequest wanted,
            @Nullable Principal principal,
            @Nullable Throwable failure,
            Executor loop) {
        HttpServerResponse response = routing.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (principal == null) {
            refuse(response, problem(failure));
            return;
        }
        EventStreamLink link = new EventStreamLink(response, wanted, settings.writeBufferBytes());
        link.begin(connections.open("sse", link, loop, principal));
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem() : Problem.of(FailureCode.UNAUTHORIZED);
    }

    private static @Nullable String token(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).trim();
        }
        return request.getParam("access_token");
    }

    static void refuse(HttpServerResponse response, Problem problem) {
        if (ProblemJson.mayRetry(problem)) {
            response.putHeader("Retry-After", Long.toString(ProblemJson.retryAfterSeconds(problem)));
        }
        response.setStatusCode(problem.code().httpStatus())
                .putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
                .end(Buffer.buffer(ProblemJson.write(problem)));
    }
}
