package io.socle.realtime.presence.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.presence.stream.NodeNotices;
import io.socle.realtime.presence.stream.NodeWatch;
import io.socle.realtime.presence.stream.PresenceDecider;
import io.socle.realtime.shell.owner.OwnerProcess;
import io.socle.realtime.shell.owner.SmallMetrics;
import io.socle.realtime.shell.owner.SmallOwners;
import io.socle.realtime.shell.owner.SmallSettings;
import io.socle.realtime.shell.stream.LogReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the owners, and the watch on gateway nodes, with the application. */
@ApplicationScoped
public class PresenceService {
    /** The group of the owners; what had the service's own name read the commands and kept nothing. */
    private static final String GROUP = "presence-members";

    private static final int FAILED = 1;
    private static final Duration TICK = Duration.ofSeconds(3);

    private final NodeNotices notices;
    private final NodeWatch nodes;
    private final LogReader nodeReader;
    private final OwnerProcess owners;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ticks").daemon().factory());

    public PresenceService(
            PresenceConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry) {
        var topics = new LogTopics(config.topicPrefix());
        notices = new NodeNotices(bootstrapServers, topics);
        nodes = new NodeWatch(config.nodes().lease(), notices);
        nodeReader = new LogReader(new LogReader.Source(bootstrapServers, topics.nodes(), null), nodes);
        var metrics = new SmallMetrics(registry, "presence");
        PresencePolicies policies = policies(config);
        owners = new OwnerProcess(
                SmallOwners.needed(topics, topics.presenceCommands()),
                SmallSettings.streams(
                        config.streams(),
                        bootstrapServers,
                        config.topicPrefix() + GROUP,
                        config.instanceId(),
                        Path.of(config.stateDir())),
                () -> new SmallOwners<>(
                        topics,
                        topics.presenceCommands(),
                        metrics,
                        (partition, store) -> new PresenceDecider(store, policies, topics),
                        bootstrapServers),
                config.streams().threadReplacements(),
                () -> Quarkus.asyncExit(FAILED));
        Gauge.builder(
                        "realtime.nodes.live",
                        nodes,
                        watch -> watch.directory().nodes().size())
                .description("Gateway nodes within their lease")
                .register(registry);
    }

    private static PresencePolicies policies(PresenceConfig config) {
        Map<String, Duration> grace = new HashMap<>();
        config.namespaces()
                .forEach((name, namespace) -> namespace.presence().grace().ifPresent(its -> grace.put(name, its)));
        PresenceConfig.Presence presence = config.presence();
        return new PresencePolicies(
                grace,
                presence.grace(),
                presence.members(),
                presence.countsAbove(),
                presence.visits(),
                presence.visitsAge());
    }

    void start(@Observes StartupEvent event) {
        nodeReader.start();
        owners.start();
        ticks.scheduleAtFixedRate(notices::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        owners.close();
        nodeReader.close();
        ticks.shutdownNow();
        notices.close();
    }

    /** The gateway nodes as the log tells them. */
    NodeWatch nodes() {
        return nodes;
    }

    /** The owners, for health. */
    OwnerProcess owners() {
        return owners;
    }

    boolean nodesReady() {
        return nodeReader.isReady();
    }
}
