package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.gateway.session.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who comes with a request or handshake; safe for use by all threads. */
public interface Authenticator {
    /**
     * Verifies a token; in open mode no token is the anonymous. Completes on any thread, exceptionally with a
     * ProblemException of {@code unauthorized}.
     */
    CompletionStage<Principal> authenticate(@Nullable String token);

    /** Whether pages of an origin may use this gateway; null, as from programs that are no browser, always may. */
    boolean allowsOrigin(@Nullable String origin, @Nullable String host);
}
