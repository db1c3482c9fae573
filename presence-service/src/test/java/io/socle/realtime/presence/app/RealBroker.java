package io.socle.realtime.presence.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.BrokerSettings;
import io.socle.realtime.launcher.broker.EmbeddedBroker;
import io.socle.realtime.launcher.broker.Topics;
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
import org.jspecify.annotations.Nullable;

/** A real Kafka broker inside the test's process, with the suite's topics. */
public final class RealBroker implements QuarkusTestResourceLifecycleManager {
    /** Held, because a logger that nobody holds forgets its level. */
    @SuppressWarnings("UnusedVariable")
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka")
            .map(Logger::getLogger)
            .peek(logger -> logger.setLevel(Level.WARNING))
            .toList();

    private @Nullable EmbeddedBroker broker;
    private @Nullable Path directory;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("presence-service-test");
            directory = folder;
            var settings = new BrokerSettings("127.0.0.1", freePort(), freePort(), folder.resolve("kafka"));
            broker = EmbeddedBroker.start(settings);
            Topics.create(
                    settings.bootstrapServers(),
                    TopicPlan.of(new LogTopics(LogTopics.DEFAULT_PREFIX), new TopicPlan.Counts(2, 4)));
            return Map.of(
                    "kafka.bootstrap.servers",
                    settings.bootstrapServers(),
                    "realtime.cluster-id",
                    EmbeddedBroker.clusterId(settings.directory()),
                    "quarkus.http.test-port",
                    "0",
                    "quarkus.management.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        if (directory != null) {
            delete(directory);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
