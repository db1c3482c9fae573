package io.socle.realtime.launcher.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Kafka in KRaft mode, broker and controller in this process; its data survives SIGTERM and kill -9. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String META = "meta.properties";

    private final KafkaRaftServer server;

    private EmbeddedBroker(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats the directory if it is new, starts, and returns when clients are served. */
    public static EmbeddedBroker start(BrokerSettings settings) {
        format(settings.directory());
        var config = KafkaConfig.fromProps(settings.toProperties(), false);
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server);
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve(META))) {
            return;
        }
        var said = new ByteArrayOutputStream();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    // A static quorum of one: no record of voters in the log.
                    .setFeatureLevel("kraft.version", (short) 0)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot format " + directory + ": " + said.toString(StandardCharsets.UTF_8), e);
        }
    }

    /** The id that the directory was formatted with. */
    public static String clusterId(Path directory) throws IOException {
        var meta = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve(META), StandardCharsets.UTF_8)) {
            meta.load(reader);
        }
        String id = meta.getProperty("cluster.id");
        if (id == null) {
            throw new IOException(directory.resolve(META) + " names no cluster");
        }
        return id;
    }

    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
