package io.socle.realtime.presence.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live when only a restart can help. */
@Liveness
@ApplicationScoped
public class OwnersLive implements HealthCheck {
    private final PresenceService service;

    public OwnersLive(PresenceService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("presence-owners-live")
                .status(!service.owners().hasFailed())
                .withData("state", service.owners().state())
                .build();
    }
}
