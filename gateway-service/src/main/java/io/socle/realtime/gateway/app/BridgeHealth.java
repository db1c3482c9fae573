package io.socle.realtime.gateway.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells of each bridge. Always up: a gateway whose bridge is down serves its clients as before. */
@Readiness
@ApplicationScoped
public class BridgeHealth implements HealthCheck {
    private final BridgeBeans bridges;

    BridgeHealth(BridgeBeans bridges) {
        this.bridges = bridges;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("bridges").up();
        bridges.states().forEach(response::withData);
        return response.build();
    }
}
