package io.socle.realtime.channel.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.channel.stream.ChannelOwners;
import io.socle.realtime.channel.stream.OwnerMetrics;
import io.socle.realtime.channel.stream.OwnerSettings;
import io.socle.realtime.channel.stream.PublishTraces;
import io.socle.realtime.shell.owner.OwnerProcess;
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
        OwnerSettings settings = Settings.owner(config);
        OwnerMetrics metrics = new OwnerMetrics(registry);
        PublishTraces traces = new PublishTraces(used);
        this.owners = new OwnerProcess(
                ChannelOwners.topics(settings),
                Settings.streams(config, bootstrapServers),
                () -> new ChannelOwners(settings, metrics, traces, bootstrapServers),
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
