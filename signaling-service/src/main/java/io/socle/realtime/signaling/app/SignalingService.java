package io.socle.realtime.signaling.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.shell.owner.OwnerProcess;
import io.socle.realtime.shell.owner.SmallMetrics;
import io.socle.realtime.shell.owner.SmallOwners;
import io.socle.realtime.signaling.core.Bounds;
import io.socle.realtime.signaling.stream.RoomDecider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the owners of rooms with the application. */
@ApplicationScoped
public class SignalingService {
    private static final int FAILED = 1;

    private final OwnerProcess owners;

    public SignalingService(
            SignalingConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry) {
        LogTopics topics = new LogTopics(config.topicPrefix());
        Bounds bounds = Settings.bounds(config.signaling());
        SmallMetrics metrics = new SmallMetrics(registry, "signaling");
        owners = new OwnerProcess(
                SmallOwners.needed(topics, topics.signalingCommands()),
                Settings.streams(config, bootstrapServers),
                () -> new SmallOwners<>(
                        topics,
                        topics.signalingCommands(),
                        metrics,
                        (partition, store) -> new RoomDecider(topics, bounds, partition, store),
                        bootstrapServers),
                config.streams().threadReplacements(),
                () -> Quarkus.asyncExit(FAILED));
    }

    void start(@Observes StartupEvent event) {
        owners.start();
    }

    void stop(@Observes ShutdownEvent event) {
        owners.close();
    }

    /** The owners, for health. */
    OwnerProcess owners() {
        return owners;
    }
}
