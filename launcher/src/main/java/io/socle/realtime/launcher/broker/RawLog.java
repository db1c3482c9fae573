package io.socle.realtime.launcher.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Bytes in and out of a broker's topics, a client for each call: for tests. */
public record RawLog(String bootstrapServers) {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Answers the record's offset. */
    public long send(String topic, byte @Nullable [] key, byte[] value) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<byte[], byte[]>(topic, key, value))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("not sent to " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Some of the records of a partition, from the beginning; none where there are none yet. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, int number) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, number);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(LOOK).records(partition);
        }
    }

    /** The first record of a topic's first partition, once there is one. */
    public ConsumerRecord<byte[], byte[]> firstOf(String topic) {
        long end = System.nanoTime() + LIMIT.toNanos();
        do {
            List<ConsumerRecord<byte[], byte[]>> records = records(topic, 0);
            if (!records.isEmpty()) {
                return records.getFirst();
            }
        } while (System.nanoTime() < end);
        throw new IllegalStateException(topic + " has no record");
    }
}
