package io.socle.realtime.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.launcher.broker.RawLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class SignalingServiceTest {
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
                        TOPICS.signalingCommands(),
                        "a".getBytes(StandardCharsets.UTF_8),
                        "not a command".getBytes(StandardCharsets.UTF_8));

        ConsumerRecord<byte[], byte[]> parked = log().firstOf(TOPICS.parked());

        assertThat(new String(parked.value(), StandardCharsets.UTF_8)).isEqualTo("not a command");
        assertThat(new String(parked.headers().lastHeader(LogHeaders.REASON).value(), StandardCharsets.UTF_8))
                .contains("not a readable command record");
        await().atMost(LIMIT).until(() -> metrics().contains("realtime_signaling_parked_total 1.0"));
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
