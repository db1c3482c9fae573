package io.socle.realtime.shell.stream;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether Kafka answers, and is the cluster that this instance belongs to. A service for which that decides readiness
 * makes a bean of it.
 */
public abstract class BrokerAnswers implements HealthCheck {
    private static final int ANSWER_SECONDS = 2;

    private final Optional<String> expected;
    private final Admin admin;

    /** With the id of the cluster that it has to be, if any. */
    protected BrokerAnswers(Optional<String> clusterId, String bootstrapServers) {
        this.expected = clusterId;
        this.admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers, "default.api.timeout.ms", 5_000, "request.timeout.ms", 2_000));
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("kafka");
        try {
            String found = admin.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return response.status(expected.isEmpty() || expected.get().equals(found))
                    .withData("cluster", found)
                    .build();
        } catch (ExecutionException | TimeoutException e) {
            return response.down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return response.down().build();
        }
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
