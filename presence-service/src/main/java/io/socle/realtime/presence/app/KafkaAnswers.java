package io.socle.realtime.presence.app;

import io.socle.realtime.shell.stream.BrokerAnswers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the right Kafka answers. */
@Readiness
@Singleton
public class KafkaAnswers extends BrokerAnswers {
    public KafkaAnswers(
            PresenceConfig config, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        super(config.clusterId(), bootstrapServers);
    }
}
