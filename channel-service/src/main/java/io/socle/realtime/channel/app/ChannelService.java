package io.socle.realtime.channel.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.channel.stream.KafkaCommandSender;
import io.socle.realtime.channel.stream.OwnerMetrics;
import io.socle.realtime.channel.stream.OwnerSettings;
import io.socle.realtime.channel.stream.OwnerTopology;
import io.socle.realtime.channel.stream.PublishTraces;
import io.socle.realtime.channel.stream.StreamsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the owners with the application. */
@ApplicationScoped
public class ChannelService {
    private static final Logger LOG = Logger.getLogger(ChannelService.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final int FAILED = 1;

    private final ChannelConfig config;
    private final String bootstrapServers;
    private final MeterRegistry registry;
    private final OpenTelemetry openTelemetry;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile @Nullable Running running;

    private record Running(KafkaStreams streams, KafkaCommandSender sender) {}

    public ChannelService(
            ChannelConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry,
            OpenTelemetry openTelemetry) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
        this.openTelemetry = openTelemetry;
    }

    /** Begins in a thread of its own: health answers while Kafka is still away. */
    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("channel-start").daemon().start(this::startWhenPossible);
    }

    private void startWhenPossible() {
        try {
            OwnerSettings owner = Settings.owner(config);
            if (new TopicWait(bootstrapServers, owner.topics()).await(stopped)) {
                startStreams(owner, Settings.streams(config, bootstrapServers));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The service cannot start", e);
            giveUp();
        }
    }

    private synchronized void startStreams(OwnerSettings owner, StreamsSettings settings) {
        if (stopped.getCount() == 0) {
            return;
        }
        KafkaCommandSender sender = new KafkaCommandSender(bootstrapServers, owner.topics());
        Topology topology =
                OwnerTopology.build(owner, new OwnerMetrics(registry), new PublishTraces(openTelemetry), sender);
        KafkaStreams streams = new KafkaStreams(topology, settings.properties());
        streams.setUncaughtExceptionHandler(
                new ThreadFailures(config.streams().threadReplacements(), System::nanoTime, this::giveUp));
        running = new Running(streams, sender);
        streams.start();
        LOG.infof("Owning channels as %s in group %s", settings.instanceId(), settings.applicationId());
    }

    private void giveUp() {
        failed.set(true);
        Quarkus.asyncExit(FAILED);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        Running open = running;
        if (open != null) {
            open.streams().close(CLOSE);
            open.sender().close();
        }
    }

    /** The state of the Streams client; CREATED before it exists. */
    KafkaStreams.State state() {
        Running open = running;
        return open == null ? KafkaStreams.State.CREATED : open.streams().state();
    }

    /** Whether the process is of no more use. */
    boolean hasFailed() {
        return failed.get() || state() == KafkaStreams.State.ERROR;
    }
}
