package io.socle.realtime.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.broker.TemporaryBroker;
import io.socle.realtime.launcher.broker.Topics;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real broker, with faults planted. */
@Timeout(120)
class ClusterCheckTest {
    private static final LogTopics GOOD = new LogTopics(LogTopics.DEFAULT_PREFIX);
    private static final LogTopics BAD = new LogTopics("bad.");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static TemporaryBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TemporaryBroker.start(new TopicPlan.Counts(4, 2));
        plant();
        // The controller has made the topics; the broker learns of them a little later.
        await().atMost(LIMIT).ignoreExceptionsInstanceOf(Refusal.class).until(() -> missing(GOOD) == 0);
        await().atMost(LIMIT).ignoreExceptionsInstanceOf(Refusal.class).until(() -> missing(BAD) == 1);
    }

    private static long missing(LogTopics topics) throws InterruptedException {
        return check(topics, OptionalInt.empty(), 1).findings().stream()
                .filter(finding -> finding.text().equals("is missing"))
                .count();
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    private static Report check(LogTopics topics, OptionalInt commands, int gateways) throws InterruptedException {
        return new ClusterCheck(topics, commands, gateways).run(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Test
    void topics_as_planned_on_one_broker_are_well_but_for_their_single_replica() throws Exception {
        var report = check(GOOD, OptionalInt.empty(), 2);
        assertThat(report.worst()).isEqualTo(Level.WARNING);
        assertThat(report.findings())
                .filteredOn(finding -> finding.level() != Level.OK)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .contains("one replica, so the loss of a machine loses acknowledged messages")
                        .contains(GOOD.channelCommands()));
        assertThat(report.findings())
                .contains(
                        Finding.ok(GOOD.reads(), "4 partitions, settings as planned"),
                        Finding.ok(GOOD.nodes(), "1 partition, settings as planned"));
        assertThat(report.text().getFirst()).startsWith("realtime WARNING: 0 critical, 1 warning, ");
    }

    @Test
    void other_numbers_than_asked_for_are_critical() throws Exception {
        var report = check(GOOD, OptionalInt.of(8), 3);
        assertThat(report.worst()).isEqualTo(Level.CRITICAL);
        assertThat(report.text())
                .anyMatch(line -> line.startsWith("critical rt.channel.commands: has 4 partitions, and should have 8"))
                .anyMatch(line ->
                        line.startsWith("critical rt.deliveries: has 2 partitions, and 3 gateways need one each"))
                .anyMatch(line -> line.startsWith("warning  rt.events: has 4 partitions, and should have 8"));
    }

    @Test
    void planted_faults_are_found_each_with_what_to_do() throws Exception {
        var lines = check(BAD, OptionalInt.empty(), 1).text();
        assertThat(lines)
                .contains(
                        "critical bad.control: is missing; to do: create it: ./realtime topics --prefix bad.",
                        "critical bad.reads: has 3 partitions, and should have 4; to do: stop the services, delete the"
                                + " topic, and create it anew: ./realtime topics",
                        "critical bad.channel.commands: cleanup.policy is compact, and should be delete; to do:"
                                + " kafka-configs.sh --alter --entity-type topics --entity-name bad.channel.commands"
                                + " --add-config cleanup.policy=delete")
                .anyMatch(line -> line.startsWith("critical bad.nodes: message.timestamp.type is CreateTime"))
                .anyMatch(line -> line.startsWith("critical bad.parked: max.message.bytes is 1000"))
                .anyMatch(line -> line.startsWith("critical bad.store-changelog: has 2 partitions, and the commands"))
                .anyMatch(line ->
                        line.startsWith("warning  bad.store-changelog: max.compaction.lag.ms is 9223372036854775807"
                                + ", and should be 21600000"))
                .anyMatch(line -> line.startsWith("warning  bad.events: retention.ms is 1000, and should be 86400000"))
                .anyMatch(line -> line.startsWith("critical replication: 1 topic has more min.insync.replicas than"
                        + " replicas, so writes are refused: bad.presence.commands"));
    }

    private static void plant() throws InterruptedException {
        var good = TopicPlan.of(BAD, new TopicPlan.Counts(4, 2)).topics().stream()
                .filter(topic -> !topic.name().equals(BAD.control()))
                .map(ClusterCheckTest::spoil);
        var changelog = new TopicPlan.Topic("bad.store-changelog", 2, Map.of("cleanup.policy", "compact"));
        Topics.create(
                broker.bootstrapServers(),
                new TopicPlan(Stream.concat(good, Stream.of(changelog)).toList()));
    }

    private static TopicPlan.Topic spoil(TopicPlan.Topic topic) {
        int partitions = topic.name().equals(BAD.reads()) ? 3 : topic.partitions();
        var config = new TreeMap<>(topic.config());
        var faults = Map.of(
                BAD.channelCommands(), List.of("cleanup.policy", "compact"),
                BAD.nodes(), List.of("message.timestamp.type", "CreateTime"),
                BAD.parked(), List.of("max.message.bytes", "1000"),
                BAD.events(), List.of("retention.ms", "1000"),
                BAD.presenceCommands(), List.of("min.insync.replicas", "2"));
        var fault = faults.get(topic.name());
        if (fault != null) {
            config.put(fault.getFirst(), fault.getLast());
        }
        return new TopicPlan.Topic(topic.name(), partitions, config);
    }

    @Test
    void a_cluster_that_does_not_answer_cannot_be_checked() throws IOException {
        var nobody = Map.of("bootstrap.servers", "127.0.0.1:" + FreePort.find());
        assertThatThrownBy(() -> new ClusterCheck(GOOD, OptionalInt.empty(), 1).run(nobody))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.NOT_REACHED))
                .hasMessageEndingWith("cannot be checked: no answer within 8 s.");
    }

    @Test
    void a_wrong_address_cannot_be_checked() {
        var wrong = Map.of("bootstrap.servers", "nonsense");
        assertThatThrownBy(() -> new ClusterCheck(GOOD, OptionalInt.empty(), 1).run(wrong))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Kafka at nonsense cannot be checked: ");
    }
}
