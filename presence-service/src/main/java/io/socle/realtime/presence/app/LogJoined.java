package io.socle.realtime.presence.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every partition of this instance is restored and processed, and all that is known of nodes has been read. */
@Readiness
@ApplicationScoped
public class LogJoined implements HealthCheck {
    private final PresenceService service;

    public LogJoined(PresenceService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        boolean owners = service.owners().isReady();
        boolean nodes = service.nodesReady();
        return HealthCheckResponse.named("log")
                .status(owners && nodes)
                .withData("owners", service.owners().state())
                .withData("nodes", nodes)
                .build();
    }
}
