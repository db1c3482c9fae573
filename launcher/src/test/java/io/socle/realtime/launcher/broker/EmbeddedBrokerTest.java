package io.socle.realtime.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as the suite runs it: a real process, really killed. */
class EmbeddedBrokerTest {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end_what_was_started() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void data_and_topics_survive_kill_9() throws Exception {
        int port = FreePort.find();
        int controllerPort = FreePort.find();
        Process first = start(port, controllerPort);
        String clusterId = EmbeddedBroker.clusterId(folder.resolve("kafka"));
        long offset = produce(port, "before the kill");
        assertThat(topicConfig(port, "rt.channel.commands"))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("max.message.bytes", "2097152");

        first.destroyForcibly().waitFor();
        start(port, controllerPort);

        assertThat(EmbeddedBroker.clusterId(folder.resolve("kafka"))).isEqualTo(clusterId);
        assertThat(read(port)).containsExactly("before the kill");
        assertThat(produce(port, "after the kill")).isEqualTo(offset + 1);
    }

    @Test
    void creating_topics_again_changes_nothing_and_tells_what_differs() throws Exception {
        int port = FreePort.find();
        start(port, FreePort.find());
        var names = new LogTopics(LogTopics.DEFAULT_PREFIX);

        var same = Topics.create("127.0.0.1:" + port, TopicPlan.of(names, TopicPlan.Counts.DEFAULT));
        var other = Topics.create("127.0.0.1:" + port, TopicPlan.of(names, new TopicPlan.Counts(8, 4)));
        var second = Topics.create("127.0.0.1:" + port, TopicPlan.of(new LogTopics("b."), TopicPlan.Counts.DEFAULT));

        assertThat(same).isEqualTo(new Topics.Outcome(List.of(), List.of()));
        assertThat(other.different()).containsExactly("rt.deliveries has 16 partitions, planned are 4");
        assertThat(second.created()).containsExactlyElementsOf(new LogTopics("b.").all());
    }

    private Process start(int port, int controllerPort) throws IOException {
        Path log = Files.createTempFile(folder, "broker", ".out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.socle.realtime.launcher.Main",
                        "broker",
                        "--directory",
                        folder.resolve("kafka").toString(),
                        "--port",
                        Integer.toString(port),
                        "--controller-port",
                        Integer.toString(controllerPort))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        await().atMost(START_LIMIT)
                .failFast("the broker ended", () -> !process.isAlive())
                .until(() -> text(log).contains("kafka is ready"));
        return process;
    }

    private static String text(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    private static long produce(int port, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>("rt.nodes", 0, null, value))
                    .get(30, TimeUnit.SECONDS)
                    .offset();
        }
    }

    private static List<String> read(int port) {
        Map<String, Object> config = Map.of("bootstrap.servers", "127.0.0.1:" + port, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("rt.nodes", 0)));
            var values = new ArrayList<String>();
            await().atMost(START_LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            return values;
        }
    }

    private static Map<String, String> topicConfig(int port, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            var entries = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(resource);
            return Objects.requireNonNull(entries).entries().stream()
                    .collect(Collectors.toMap(entry -> entry.name(), entry -> "" + entry.value()));
        }
    }
}
