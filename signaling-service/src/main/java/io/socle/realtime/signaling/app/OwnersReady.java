package io.socle.realtime.signaling.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every partition of this instance is restored and processed. */
@Readiness
@ApplicationScoped
public class OwnersReady implements HealthCheck {
    private final SignalingService service;

    public OwnersReady(SignalingService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("signaling-owners-ready")
                .status(service.owners().isReady())
                .withData("state", service.owners().state())
                .build();
    }
}
