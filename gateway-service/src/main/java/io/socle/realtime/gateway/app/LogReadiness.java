package io.socle.realtime.gateway.app;

import io.socle.realtime.gateway.log.LogConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the slot is claimed and deliveries are read. */
@Readiness
@ApplicationScoped
public class LogReadiness implements HealthCheck {
    private final LogConnection log;

    LogReadiness(LogConnection log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log").status(log.isReady()).build();
    }
}
