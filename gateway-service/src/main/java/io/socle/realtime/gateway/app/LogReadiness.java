package io.socle.realtime.gateway.app;

import io.socle.realtime.gateway.connection.ConnectionRegistry;
import io.socle.realtime.gateway.log.LogConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the slot is claimed and deliveries are read, until the node goes away. */
@Readiness
@ApplicationScoped
public class LogReadiness implements HealthCheck {
    private final LogConnection log;
    private final ConnectionRegistry connections;

    LogReadiness(LogConnection log, ConnectionRegistry connections) {
        this.log = log;
        this.connections = connections;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log")
                .status(log.isReady() && !connections.isDraining())
                .build();
    }
}
