package io.socle.realtime.gateway.transport.websocket;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on the handshake of {@code /ws}: origin, subprotocol, token (clauses WS-1, WS-2, WS-4). */
@ApplicationScoped
public class RealtimeUpgradeCheck implements HttpUpgradeCheck {
    /** The subprotocol that this endpoint speaks. */
    static final String SUBPROTOCOL = "realtime.v1.json";

    private static final String TOKEN_SUBPROTOCOL = "bearer.";
    private static final String BEARER = "bearer ";

    private final Authenticator authenticator;
    private final TransportSettings settings;

    RealtimeUpgradeCheck(Authenticator authenticator, TransportSettings settings) {
        this.authenticator = authenticator;
        this.settings = settings;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return RealtimeEndpoint.ID.equals(endpointId);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        if (!authenticator.allowsOrigin(request.getHeader("Origin"), request.getHeader("Host"))) {
            return CheckResult.rejectUpgrade(403);
        }
        List<String> offered = subprotocols(request);
        if (!offered.isEmpty() && !offered.contains(SUBPROTOCOL)) {
            return CheckResult.rejectUpgrade(400);
        }
        String token = token(request, offered);
        if (token == null) {
            return permit(context, null);
        }
        return Uni.createFrom()
                .completionStage(() -> authenticator.authenticate(token))
                .emitOn(Handshake.channel(request).eventLoop())
                .onItem()
                .transformToUni(principal -> permit(context, principal))
                .onFailure()
                .recoverWithUni(() -> CheckResult.rejectUpgrade(401));
    }

    private Uni<CheckResult> permit(HttpUpgradeContext context, @Nullable Principal principal) {
        return Handshake.permit(context, settings.frameBytes(), settings.compression(), principal);
    }

    private static List<String> subprotocols(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static @Nullable String token(HttpServerRequest request, List<String> offered) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).trim();
        }
        return offered.stream()
                .filter(name -> name.startsWith(TOKEN_SUBPROTOCOL))
                .map(name -> name.substring(TOKEN_SUBPROTOCOL.length()))
                .findFirst()
                .orElse(null);
    }
}
