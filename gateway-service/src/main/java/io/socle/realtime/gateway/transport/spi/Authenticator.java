package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.gateway.session.Principal;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who comes with a request or handshake; safe for use by all threads. */
public interface Authenticator {
    /**
     * Verifies a token; in open mode no token is the anonymous. Completes on any thread, exceptionally with a
     * ProblemException of {@code unauthorized}.
     */
    CompletionStage<Principal> authenticate(@Nullable String token);

    /**
     * The same for a client that may have shown a certificate which TLS has checked: a token goes before it, and it before
     * the anonymous.
     */
    CompletionStage<Principal> authenticate(@Nullable String token, @Nullable X509Certificate certificate);

    /** Whether pages of an origin may use this gateway; null, as from programs that are no browser, always may. */
    boolean allowsOrigin(@Nullable String origin, @Nullable String host);
}
