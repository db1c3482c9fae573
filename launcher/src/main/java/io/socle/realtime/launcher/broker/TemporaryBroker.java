package io.socle.realtime.launcher.broker;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A real broker with the suite's topics on free ports, which leaves nothing behind when it is closed: for tests. */
public final class TemporaryBroker implements AutoCloseable {
    /** Held, because a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka", "state.change")
            .map(Logger::getLogger)
            .toList();

    private final Path folder;
    private final BrokerSettings settings;
    private final EmbeddedBroker broker;

    private TemporaryBroker(Path folder, BrokerSettings settings, EmbeddedBroker broker) {
        this.folder = folder;
        this.settings = settings;
        this.broker = broker;
    }

    /** Returns when clients are served and the topics exist. */
    public static TemporaryBroker start(TopicPlan.Counts counts) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            return started(counts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static TemporaryBroker started(TopicPlan.Counts counts) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("realtime-broker");
        var settings = new BrokerSettings("127.0.0.1", freePort(), freePort(), folder.resolve("kafka"));
        EmbeddedBroker broker = EmbeddedBroker.start(settings);
        Topics.create(settings.bootstrapServers(), TopicPlan.of(new LogTopics(LogTopics.DEFAULT_PREFIX), counts));
        return new TemporaryBroker(folder, settings, broker);
    }

    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    public String clusterId() {
        try {
            return EmbeddedBroker.clusterId(settings.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service of a test has to be configured with: its log, a folder that goes with the broker, and free ports. */
    public Map<String, String> configuration() {
        return Map.of(
                "kafka.bootstrap.servers",
                bootstrapServers(),
                "realtime.cluster-id",
                clusterId(),
                "realtime.state-dir",
                folder.resolve("state").toString(),
                "quarkus.http.test-port",
                "0",
                "quarkus.management.test-port",
                "0");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
