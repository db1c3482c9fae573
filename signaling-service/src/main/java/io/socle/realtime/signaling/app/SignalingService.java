package io.socle.realtime.signaling.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.shell.stream.LogReader;
import io.socle.realtime.shell.stream.ParkedRecords;
import io.socle.realtime.signaling.stream.CommandHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the reading of the log with the application. */
@ApplicationScoped
public class SignalingService {
    private final ParkedRecords parkedRecords;
    private final LogReader commandReader;

    public SignalingService(
            SignalingConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry registry) {
        var topics = new LogTopics(config.topicPrefix());
        parkedRecords = new ParkedRecords(bootstrapServers, topics.parked());
        var commands = new CommandHandler(parkedRecords);
        commandReader = new LogReader(
                new LogReader.Source(
                        bootstrapServers, topics.signalingCommands(), config.topicPrefix() + "signaling-service"),
                commands);
        Gauge.builder(
                        "realtime.commands.parked",
                        commands,
                        handler -> handler.state().parked())
                .description("Records set aside since the start")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        commandReader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        commandReader.close();
        parkedRecords.close();
    }

    boolean commandsReady() {
        return commandReader.isReady();
    }
}
