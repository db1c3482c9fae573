package io.socle.realtime.gateway.app;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.gateway.auth.BadTokenException;
import io.socle.realtime.gateway.auth.CertificateIdentity;
import io.socle.realtime.gateway.auth.OriginPolicy;
import io.socle.realtime.gateway.auth.TokenVerifier;
import io.socle.realtime.gateway.session.OpenMode;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tokens and origins as the configuration has them. */
@ApplicationScoped
public class GatewayAuthenticator implements Authenticator {
    private final TokenVerifier verifier;
    private final OriginPolicy origins;
    private final OpenMode openMode;
    private final CertificateIdentity certificates;

    GatewayAuthenticator(
            TokenVerifier verifier, GatewayConfig config, OpenMode openMode, CertificateIdentity certificates) {
        this.certificates = certificates;
        this.verifier = verifier;
        this.origins = new OriginPolicy(config.http().allowedOrigins().orElse(List.of()));
        this.openMode = openMode;
    }

    @Override
    public CompletionStage<Principal> authenticate(@Nullable String token) {
        if (token != null) {
            return verifier.verify(token).exceptionallyCompose(GatewayAuthenticator::refused);
        }
        Principal anonymous = openMode.anonymous();
        return anonymous != null
                ? CompletableFuture.completedStage(anonymous)
                : CompletableFuture.failedStage(
                        new ProblemException(FailureCode.UNAUTHORIZED, "a bearer token is required"));
    }

    @Override
    public CompletionStage<Principal> authenticate(@Nullable String token, @Nullable X509Certificate certificate) {
        if (token != null || certificate == null) {
            return authenticate(token);
        }
        try {
            return CompletableFuture.completedStage(openMode.limit(certificates.principal(certificate)));
        } catch (BadTokenException e) {
            return refused(e);
        }
    }

    private static CompletionStage<Principal> refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return CompletableFuture.failedStage(
                cause instanceof BadTokenException bad
                        ? new ProblemException(new Problem(FailureCode.UNAUTHORIZED, bad.getMessage()))
                        : failure);
    }

    @Override
    public boolean allowsOrigin(@Nullable String origin, @Nullable String host) {
        return origins.allows(origin, host);
    }
}
