package io.socle.realtime.channel.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.socle.realtime.channel.core.Bounds;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.ReadRecords;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.shell.owner.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker. */
final class TopologyFixture implements AutoCloseable {
    static final LogTopics TOPICS = new LogTopics(LogTopics.DEFAULT_PREFIX);

    final List<Command> sent = new ArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Path directory;
    private final OpenTelemetry openTelemetry;
    private final Policies configured;
    private final TopologyTestDriver driver;
    private long requests;

    TopologyFixture(Path directory, OpenTelemetry openTelemetry, Policies configured) {
        this.directory = directory;
        this.openTelemetry = openTelemetry;
        this.configured = configured;
        this.driver = open();
    }

    private TopologyTestDriver open() {
        OwnerSettings settings = new OwnerSettings(TOPICS, "test", configured, Bounds.DEFAULT);
        return new TopologyTestDriver(
                OwnerTopology.build(
                        settings,
                        new OwnerMetrics(registry),
                        new PublishTraces(openTelemetry),
                        recorded(),
                        () -> false),
                properties(),
                Instant.EPOCH.plusSeconds(1_000_000));
    }

    /** A will is as good as published when it is sent. */
    private CommandSender recorded() {
        return new CommandSender() {
            @Override
            public void send(int partition, Command command) {
                sent.add(command);
            }

            @Override
            public void publishWill(int partition, long generation, RealtimeMessage message) {
                sent.add(new Command.Publish(message, null));
                sent.add(new Command.WillPublished(generation));
            }
        };
    }

    private Properties properties() {
        return new StreamsSettings(
                        "unused:1",
                        "test",
                        "test-0",
                        directory,
                        1,
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        1 << 20,
                        8 << 20)
                .properties();
    }

    /** How many records a changelog has got since it was looked at last. */
    int changes(String store) {
        return output("test-" + store + "-changelog").readRecordsToList().size();
    }

    void passTime(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Of slot 0: the driver's topics have one partition. */
    Origin origin() {
        return origin(0);
    }

    Origin origin(int slot) {
        return new Origin(slot, 5, ++requests);
    }

    void command(Origin origin, Command command) {
        command(CommandRecords.encode(origin, command), new RecordHeaders());
    }

    void command(byte[] value, Headers headers) {
        input(TOPICS.channelCommands()).pipeInput(new TestRecord<>(null, value, headers, 1_000_000_000L));
    }

    void read(Origin origin, Read read) {
        input(TOPICS.reads())
                .pipeInput(
                        new TestRecord<>(null, ReadRecords.encode(origin, read), new RecordHeaders(), 1_000_000_000L));
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    List<TestRecord<byte[], byte[]>> deliveries() {
        return output(TOPICS.deliveries()).readRecordsToList();
    }

    List<Delivery.Content> contents() {
        return deliveries().stream()
                .map(each -> DeliveryRecords.decode(each.value()).content())
                .toList();
    }

    List<TestRecord<byte[], byte[]>> parked() {
        return output(TOPICS.parked()).readRecordsToList();
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    double counted(String name) {
        return registry.get(name).counter().count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
