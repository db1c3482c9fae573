package io.socle.realtime.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
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
    void joins_the_log_and_is_ready_and_parks_what_it_does_not_know() throws Exception {
        awaitReady();
        send(
                TOPICS.signalingCommands(),
                "a".getBytes(StandardCharsets.UTF_8),
                "not a command".getBytes(StandardCharsets.UTF_8));

        ConsumerRecord<byte[], byte[]> parked = firstOf(TOPICS.parked());

        assertThat(new String(parked.value(), StandardCharsets.UTF_8)).isEqualTo("not a command");
        assertThat(new String(parked.headers().lastHeader(LogHeaders.REASON).value(), StandardCharsets.UTF_8))
                .contains("not a readable command record");
        await().atMost(LIMIT).until(() -> metrics().contains("realtime_signaling_parked_total 1.0"));
    }

    private void awaitReady() {
        await().atMost(LIMIT).until(() -> RestAssured.get(ready).statusCode() == 200);
    }

    private String metrics() {
        return RestAssured.get(metricsUrl).asString();
    }

    private long send(String topic, byte @Nullable [] key, byte[] value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<byte[], byte[]>(topic, key, value))
                    .get(30, TimeUnit.SECONDS)
                    .offset();
        }
    }

    private ConsumerRecord<byte[], byte[]> firstOf(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            return await().atMost(LIMIT)
                    .until(
                            () -> consumer.poll(Duration.ofMillis(500)).records(partition).stream()
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }
}
