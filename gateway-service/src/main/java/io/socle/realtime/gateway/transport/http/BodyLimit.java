package io.socle.realtime.gateway.transport.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.spi.ProblemJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request whose body is declared too large (clause HTTP-20) and reads that body away, within bounds: a link
 * that the server closes while its client still writes is reset, and the client never sees the answer.
 */
@ApplicationScoped
public class BodyLimit {
    /** Before the HTTP server's own limit, which closes the link at once. */
    private static final int PRIORITY = 10;

    /** Bytes of a body that are read away before its link is closed after all. */
    private static final long READ_AWAY_BYTES = 16 << 20;

    /** How long they are read before the link is closed. */
    private static final Duration READ_AWAY_TIME = Duration.ofSeconds(10);

    private final long most;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext routing) {
        long declared = declared(routing.request().getHeader("Content-Length"));
        if (declared <= most) {
            routing.next();
            return;
        }
        answer(routing.response());
        if (declared > READ_AWAY_BYTES) {
            routing.response().reset();
        } else {
            readAway(routing);
        }
    }

    /** What is no number is the HTTP server's to refuse. */
    private static long declared(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The whole answer, without its end: the end frees the link for the next request. */
    private static void answer(HttpServerResponse response) {
        Buffer problem = Buffer.buffer(ProblemJson.write(Problem.of(FailureCode.PAYLOAD_TOO_LARGE)));
        response.setStatusCode(FailureCode.PAYLOAD_TOO_LARGE.httpStatus())
                .putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
                .putHeader("Content-Length", Integer.toString(problem.length()))
                .write(problem);
    }

    private static void readAway(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = routing.response();
        long timer = routing.vertx().setTimer(READ_AWAY_TIME.toMillis(), late -> response.reset());
        response.closeHandler(closed -> routing.vertx().cancelTimer(timer));
        request.handler(ignored -> {}).endHandler(end -> {
            routing.vertx().cancelTimer(timer);
            response.end();
        });
        request.resume();
    }
}
