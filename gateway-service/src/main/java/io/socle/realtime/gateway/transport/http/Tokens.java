package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The principal of an HTTP request (RFC 6750 section 2.1). */
@ApplicationScoped
public class Tokens {
    /** The protocol's name in spans and metrics. */
    static final String TRANSPORT = "http";

    private static final String BEARER = "bearer ";

    private final Authenticator authenticator;

    Tokens(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Uni<Principal> principal(HttpHeaders headers) {
        String token = token(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
        return Uni.createFrom().completionStage(() -> authenticator.authenticate(token));
    }

    private static @Nullable String token(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).trim()
                : null;
    }
}
