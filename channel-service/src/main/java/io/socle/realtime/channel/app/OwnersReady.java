package io.socle.realtime.channel.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every partition of this instance is restored and processed. */
@Readiness
@ApplicationScoped
public class OwnersReady implements HealthCheck {
    private final ChannelService service;

    public OwnersReady(ChannelService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("channel-owners-ready")
                .status(service.owners().isReady())
                .withData("state", service.owners().state())
                .build();
    }
}
