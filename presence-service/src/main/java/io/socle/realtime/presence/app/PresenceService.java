package io.socle.realtime.presence.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.presence.stream.CommandHandler;
import io.socle.realtime.presence.stream.NodeNotices;
import io.socle.realtime.presence.stream.NodeWatch;
import io.socle.realtime.shell.stream.LogReader;
import io.socle.realtime.shell.stream.ParkedRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the reading of the log with the application. */
@ApplicationScoped
public class PresenceService {
    private final ParkedRecords parkedRecords;
    private static final Duration TICK = Duration.ofSeconds(3);

    private final NodeNotices notices;
    private final NodeWatch nodes;
    private final LogReader nodeReader;
    private final LogReader commandReader;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ticks").daemon().factory());

    public PresenceService(
            PresenceConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry) {
        var topics = new LogTopics(config.topicPrefix());
        parkedRecords = new ParkedRecords(bootstrapServers, topics.parked());
        notices = new NodeNotices(bootstrapServers, topics);
        nodes = new NodeWatch(config.nodes().lease(), notices);
        var commands = new CommandHandler(parkedRecords);
        nodeReader = new LogReader(new LogReader.Source(bootstrapServers, topics.nodes(), null), nodes);
        commandReader = new LogReader(
                new LogReader.Source(
                        bootstrapServers, topics.presenceCommands(), config.topicPrefix() + "presence-service"),
                commands);
        Gauge.builder(
                        "realtime.nodes.live",
                        nodes,
                        watch -> watch.directory().nodes().size())
                .description("Gateway nodes within their lease")
                .register(registry);
        Gauge.builder(
                        "realtime.commands.parked",
                        commands,
                        handler -> handler.state().parked())
                .description("Records set aside since the start")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        nodeReader.start();
        commandReader.start();
        ticks.scheduleAtFixedRate(notices::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        commandReader.close();
        nodeReader.close();
        ticks.shutdownNow();
        notices.close();
        parkedRecords.close();
    }

    /** The gateway nodes as the log tells them. */
    NodeWatch nodes() {
        return nodes;
    }

    boolean commandsReady() {
        return commandReader.isReady();
    }

    boolean nodesReady() {
        return nodeReader.isReady();
    }
}
