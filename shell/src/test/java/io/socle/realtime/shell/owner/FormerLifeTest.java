package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.TemporaryBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerLifeTest {
    private static final int PARTITIONS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static TemporaryBroker broker;

    @BeforeAll
    static void start() {
        broker = TemporaryBroker.start(new TopicPlan.Counts(PARTITIONS, 2));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @TempDir
    Path state;

    private StreamsSettings settings(String group, String instance) {
        return new StreamsSettings(
                broker.bootstrapServers(),
                group,
                instance,
                state,
                1,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(6),
                0,
                8 << 20);
    }

    /** Instances join the group as the first threads of processes would, and go without a word. */
    private static void joinAndDie(String group, String... instances) {
        List<KafkaConsumer<byte[], byte[]>> consumers =
                Stream.of(instances).map(instance -> consumer(group, instance)).toList();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (consumers.stream().anyMatch(consumer -> consumer.assignment().size() * instances.length != PARTITIONS)) {
            assertThat(System.nanoTime()).as("joined in time").isLessThan(end);
            consumers.forEach(consumer -> consumer.poll(Duration.ofMillis(100)));
        }
        // A member with an instance id says nothing to its group when it closes.
        consumers.forEach(KafkaConsumer::close);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String group, String instance) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                group,
                "group.instance.id",
                instance + "-1",
                "session.timeout.ms",
                60_000);
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(new LogTopics("rt.").channelCommands()));
        return consumer;
    }

    private static List<String> members(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var described = admin.describeConsumerGroups(List.of(group)).all().get();
            return described.values().stream()
                    .flatMap(one -> one.members().stream())
                    .map(member -> member.groupInstanceId().orElse("none"))
                    .toList();
        }
    }

    @Test
    void who_died_is_taken_out_of_the_group_and_others_stay() throws Exception {
        joinAndDie("owners", "owner-0", "owner-1");
        assertThat(members("owners")).containsExactlyInAnyOrder("owner-0-1", "owner-1-1");
        FormerLife.leave(settings("owners", "owner-0"));
        assertThat(members("owners")).containsExactly("owner-1-1");
    }

    @Test
    void where_nobody_was_nothing_happens() throws Exception {
        joinAndDie("strangers", "other-0");
        FormerLife.leave(settings("strangers", "owner-0"));
        FormerLife.leave(settings("nobody", "owner-0"));
        assertThat(members("strangers")).containsExactly("other-0-1");
    }

    private static KafkaProducer<byte[], byte[]> begin(String transaction) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transaction);
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(new LogTopics("rt.").parked(), new byte[1]))
                .get();
        return producer;
    }

    private static List<String> transactions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var open = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
            return admin.listTransactions(open).all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
        }
    }

    @Test
    void what_the_former_life_has_begun_is_ended_and_what_others_have_begun_goes_on() throws Exception {
        var process = UUID.randomUUID();
        Path file = state.resolve("working").resolve("kafka-streams-process-metadata");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"processId\":\"" + process + "\",\"version\":1}");
        String others = "working-" + UUID.randomUUID() + "-1";
        try (var dead = begin("working-" + process + "-1");
                var living = begin(others)) {
            FormerLife.leave(settings("working", "owner-0"));
            assertThat(transactions()).containsExactly(others);
            living.commitTransaction();
            assertThatThrownBy(dead::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
    }
}
