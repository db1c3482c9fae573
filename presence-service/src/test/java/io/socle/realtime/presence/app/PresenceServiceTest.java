package io.socle.realtime.presence.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.NodeRecords;
import io.socle.realtime.launcher.broker.RawLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class PresenceServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LogTopics TOPICS = new LogTopics(LogTopics.DEFAULT_PREFIX);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers = "";

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready = URI.create("unset");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metricsUrl = URI.create("unset");

    @Test
    void joins_the_log_and_is_ready_and_parks_what_it_does_not_know() {
        awaitReady();
        log().send(
                        TOPICS.presenceCommands(),
                        "a".getBytes(StandardCharsets.UTF_8),
                        "not a command".getBytes(StandardCharsets.UTF_8));

        ConsumerRecord<byte[], byte[]> parked = log().firstOf(TOPICS.parked());

        assertThat(new String(parked.value(), StandardCharsets.UTF_8)).isEqualTo("not a command");
        assertThat(new String(parked.headers().lastHeader(LogHeaders.REASON).value(), StandardCharsets.UTF_8))
                .contains("not a readable command of presence");
        await().atMost(LIMIT).until(() -> metrics().contains("realtime_presence_parked_total 1.0"));
    }

    @Test
    void keeps_the_directory_of_gateway_nodes_from_the_log() {
        awaitReady();
        long incarnation = log().send(TOPICS.nodes(), null, NodeRecords.claim(3, "gateway-a"));
        log().send(TOPICS.nodes(), null, "nonsense".getBytes(StandardCharsets.UTF_8));
        log().send(TOPICS.nodes(), null, NodeRecords.heartbeat(3, "gateway-a", incarnation, 1));
        await().atMost(LIMIT).until(() -> metrics().contains("realtime_nodes_live 1.0"));

        log().send(TOPICS.nodes(), null, NodeRecords.release(3, "gateway-a", incarnation));
        await().atMost(LIMIT).until(() -> metrics().contains("realtime_nodes_live 0.0"));
    }

    @Test
    void tells_the_owner_of_every_partition_of_a_node_that_left() {
        awaitReady();
        long incarnation = log().send(TOPICS.nodes(), null, NodeRecords.claim(2, "gateway-b"));
        log().send(TOPICS.nodes(), null, NodeRecords.release(2, "gateway-b", incarnation));
        for (int partition = 0; partition < 2; partition++) {
            awaitDead(partition, new Command.NodeDead(2, incarnation));
        }
    }

    @Test
    void a_node_that_falls_silent_is_dead_although_no_other_node_speaks() {
        awaitReady();
        long incarnation = log().send(TOPICS.nodes(), null, NodeRecords.claim(1, "gateway-c"));
        awaitDead(0, new Command.NodeDead(1, incarnation));
        awaitDead(1, new Command.NodeDead(1, incarnation));
    }

    private void awaitDead(int partition, Command.NodeDead dead) {
        for (String topic : List.of(TOPICS.channelCommands(), TOPICS.presenceCommands(), TOPICS.signalingCommands())) {
            await().atMost(LIMIT)
                    .until(() -> log().records(topic, partition).stream()
                            .map(logged -> logged.value())
                            .anyMatch(value -> Arrays.equals(value, CommandRecords.encode(null, dead))));
        }
    }

    private RawLog log() {
        return new RawLog(bootstrapServers);
    }

    private void awaitReady() {
        await().atMost(LIMIT).until(() -> RestAssured.get(ready).statusCode() == 200);
    }

    private String metrics() {
        return RestAssured.get(metricsUrl).asString();
    }
}
