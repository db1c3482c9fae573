package io.socle.realtime.channel.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.channel.stream.OwnerMetrics;
import io.socle.realtime.channel.stream.OwnerProcess;
import io.socle.realtime.channel.stream.PublishTraces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the owners with the application. */
@ApplicationScoped
public class ChannelService {
    private static final int FAILED = 1;

    private final OwnerProcess owners;

    public ChannelService(
            ChannelConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry,
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        // A disabled SDK still makes spans that nobody sees; without them a client's own trace passes through
        // unchanged.
        OpenTelemetry used = untraced ? OpenTelemetry.noop() : telemetry;
        this.owners = new OwnerProcess(
                Settings.owner(config),
                Settings.streams(config, bootstrapServers),
                new OwnerMetrics(registry),
                new PublishTraces(used),
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
