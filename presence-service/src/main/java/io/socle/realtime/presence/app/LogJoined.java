package io.socle.realtime.presence.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when partitions of the commands are assigned, and all that is known of nodes has been read. */
@Readiness
@ApplicationScoped
public class LogJoined implements HealthCheck {
    private final PresenceService service;

    public LogJoined(PresenceService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        boolean commands = service.commandsReady();
        boolean nodes = service.nodesReady();
        return HealthCheckResponse.named("log")
                .status(commands && nodes)
                .withData("commands", commands)
                .withData("nodes", nodes)
                .build();
    }
}
