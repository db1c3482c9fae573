package io.socle.realtime.shell.stream;

import io.socle.realtime.contracts.log.LogHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sets records aside that nobody could process, with the reason in a header. Not thread safe. */
public final class ParkedRecords implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> undecided = new ArrayList<>();

    public ParkedRecords(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public void park(ConsumerRecord<byte[], byte[]> record, String reason) {
        var parked = new ProducerRecord<>(topic, null, record.key(), record.value());
        record.headers().forEach(parked.headers()::add);
        parked.headers().add(LogHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
        undecided.add(producer.send(parked));
    }

    /** Returns when all are in the log; throws KafkaException where one is not, so that it is not committed as done. */
    public void flush() {
        if (undecided.isEmpty()) {
            return;
        }
        producer.flush();
        try {
            for (Future<RecordMetadata> sent : undecided) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a record could not be parked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while parking records", e);
        } finally {
            undecided.clear();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
