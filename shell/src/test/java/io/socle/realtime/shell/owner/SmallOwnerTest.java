package io.socle.realtime.shell.owner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell with a real store and without a broker. */
@SuppressWarnings("NullAway.Init") // The test runner sets the fields.
class SmallOwnerTest {
    private static final LogTopics TOPICS = new LogTopics(LogTopics.DEFAULT_PREFIX);
    private static final Origin ORIGIN = new Origin(0, 5, 7);
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path directory;

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TopologyTestDriver driver;

    /** Counts the words it is told, and does what some of them say. */
    private static final class Words implements Decider<String> {
        private final ByteStore store;

        Words(ByteStore store) {
            this.store = store;
        }

        @Override
        public Asked<String> decode(byte[] value) {
            String word = new String(value, UTF_8);
            if (word.isEmpty()) {
                throw new UnreadableRecordException("nothing", new IllegalArgumentException());
            }
            return new Asked<>(ORIGIN, word);
        }

        @Override
        public List<Outcome> decide(Cause cause, @Nullable Origin origin, String word) {
            switch (word) {
                case "fail":
                    throw new IllegalStateException("a defect");
                case "park":
                    return List.of(new Outcome.Park("asked to"));
                case "tell":
                    return List.of(new Outcome.Tell(0, 9, new Delivery.Watermark()));
                case "refuse":
                    return List.of(new Outcome.Answer(ORIGIN, new Reply.Refused(Problem.of(FailureCode.FORBIDDEN))));
                case "command":
                    return List.of(new Outcome.Command(TOPICS.channelCommands(), new byte[] {1}, new byte[] {2}));
                default:
                    byte[] key = word.getBytes(UTF_8);
                    byte[] before = store.get(key);
                    store.put(key, new byte[] {(byte) (before == null ? 1 : before[0] + 1)});
                    return List.of(new Outcome.Answer(ORIGIN, new Reply.Done()));
            }
        }

        @Override
        public List<byte[]> onTime(long now) {
            return store.get("due".getBytes(UTF_8)) == null ? List.of() : List.of("tick".getBytes(UTF_8));
        }

        @Override
        public List<byte[]> onProcessed(String word) {
            return word.equals("more") ? List.of("tick".getBytes(UTF_8)) : List.of();
        }
    }

    @BeforeEach
    void open() {
        driver = driver();
    }

    private TopologyTestDriver driver() {
        var owners = new SmallOwners<>(
                TOPICS,
                TOPICS.presenceCommands(),
                new SmallMetrics(registry, "words"),
                (partition, store) -> new Words(store),
                new CommandProducer(kafka));
        var properties = new StreamsSettings(
                        "localhost:1",
                        "words",
                        "words-0",
                        directory,
                        1,
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(6),
                        1 << 20,
                        8 << 20)
                .properties();
        return new TopologyTestDriver(owners.topology(() -> false), properties, Instant.EPOCH.plusSeconds(1_000_000));
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void say(String word) {
        var headers = new RecordHeaders().add(LogHeaders.TRACEPARENT, TRACEPARENT.getBytes(UTF_8));
        driver.createInputTopic(TOPICS.presenceCommands(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(null, word.getBytes(UTF_8), headers, Instant.EPOCH.plusSeconds(1_000_000)));
    }

    private List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private Delivery.Content delivered() {
        var records = written(TOPICS.deliveries());
        assertThat(records).hasSize(1);
        return DeliveryRecords.decode(records.getFirst().value()).content();
    }

    private byte count(String word) {
        return driver.<org.apache.kafka.common.utils.Bytes, byte[]>getKeyValueStore(SmallOwners.STORE)
                .get(org.apache.kafka.common.utils.Bytes.wrap(word.getBytes(UTF_8)))[0];
    }

    @Test
    void what_it_is_told_is_kept_and_answered_to_who_asked() {
        say("a");
        say("a");
        assertThat(count("a")).isEqualTo((byte) 2);
        var records = written(TOPICS.deliveries());
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(ByteBuffer.wrap(record.headers()
                                    .lastHeader(LogHeaders.INCARNATION)
                                    .value())
                            .getLong())
                    .isEqualTo(5);
            assertThat(new String(
                            record.headers().lastHeader(LogHeaders.TRACEPARENT).value(), UTF_8))
                    .isEqualTo(TRACEPARENT);
        });
        assertThat(DeliveryRecords.decode(records.getLast().value()).content())
                .isEqualTo(new Delivery.Answer(7, new Reply.Done()));
    }

    @Test
    void a_node_is_told_what_it_did_not_ask() {
        say("tell");
        assertThat(delivered()).isEqualTo(new Delivery.Watermark());
    }

    @Test
    void what_cannot_be_read_is_set_aside_and_the_partition_goes_on() {
        say("");
        say("a");
        assertThat(written(TOPICS.parked())).hasSize(1);
        assertThat(delivered()).isEqualTo(new Delivery.Answer(7, new Reply.Done()));
        assertThat(registry.counter("realtime.words.parked").count()).isEqualTo(1);
    }

    @Test
    void a_defect_is_told_to_who_waits_and_its_record_set_aside_with_the_reason() {
        say("fail");
        assertThat(delivered())
                .isEqualTo(new Delivery.Answer(7, new Reply.Refused(Problem.of(FailureCode.INTERNAL_ERROR))));
        var parked = written(TOPICS.parked()).getFirst();
        assertThat(new String(parked.headers().lastHeader(LogHeaders.REASON).value(), UTF_8))
                .contains("a defect");
    }

    @Test
    void the_decision_to_set_aside_and_refusals_are_counted() {
        say("park");
        say("refuse");
        assertThat(registry.counter("realtime.words.parked").count()).isEqualTo(1);
        assertThat(registry.counter("realtime.words.refused", "code", FailureCode.FORBIDDEN.code())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void another_owner_is_given_a_command_with_the_trace() {
        say("command");
        ProducerRecord<byte[], byte[]> given = kafka.history().getFirst();
        assertThat(given.topic()).isEqualTo(TOPICS.channelCommands());
        assertThat(given.key()).containsExactly(1);
        assertThat(given.value()).containsExactly(2);
        assertThat(given.headers().lastHeader(LogHeaders.TRACEPARENT)).isNotNull();
    }

    @Test
    void what_is_due_is_told_to_the_own_partition() {
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(kafka.history()).isEmpty();
        say("due");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        say("more");
        assertThat(kafka.history()).hasSize(2).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(TOPICS.presenceCommands());
            assertThat(record.partition()).isZero();
            assertThat(record.value()).asString(UTF_8).isEqualTo("tick");
        });
    }
}
