package io.socle.realtime.signaling.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when partitions of the commands are assigned. */
@Readiness
@ApplicationScoped
public class LogJoined implements HealthCheck {
    private final SignalingService service;

    public LogJoined(SignalingService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log").status(service.commandsReady()).build();
    }
}
