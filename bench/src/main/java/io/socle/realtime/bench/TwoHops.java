package io.socle.realtime.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The floor: a producer, a relay and a consumer on raw clients, two topics. */
final class TwoHops implements AutoCloseable {
    private static final TopicPartition FIRST = new TopicPartition("bench.first", 0);
    private static final TopicPartition SECOND = new TopicPartition("bench.second", 0);
    private static final long LIMIT_SECONDS = 60;

    private final String servers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaProducer<byte[], byte[]> relay;
    private final KafkaConsumer<byte[], byte[]> first;
    private final KafkaConsumer<byte[], byte[]> second;
    private final AtomicLong received = new AtomicLong();
    private final Histogram latencyNanos = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

    TwoHops(String servers) throws Exception {
        this.servers = servers;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            if (!admin.listTopics().names().get().contains(FIRST.topic())) {
                admin.createTopics(List.of(
                                new NewTopic(FIRST.topic(), 1, (short) 1), new NewTopic(SECOND.topic(), 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        producer = producer();
        relay = producer();
        first = consumer(FIRST);
        second = consumer(SECOND);
        start("relay", first, message -> relay.send(new ProducerRecord<>(SECOND.topic(), message.value())));
        start("receiver", second, this::receive);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(TopicPartition partition) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
        return consumer;
    }

    private static void start(
            String name, KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Thread.ofPlatform().name(name).daemon().start(() -> {
            try (consumer) {
                while (true) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(action);
                }
            } catch (WakeupException e) {
                // Asked to stop.
            }
        });
    }

    private void receive(ConsumerRecord<byte[], byte[]> message) {
        latencyNanos.recordValue(
                Math.max(0, System.nanoTime() - ByteBuffer.wrap(message.value()).getLong()));
        received.incrementAndGet();
    }

    void publish(int perSecond, int seconds, int bytes) throws InterruptedException {
        long begin = System.nanoTime();
        for (long i = 0; i < (long) perSecond * seconds; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, due - System.nanoTime()));
            }
            byte[] value = new byte[bytes];
            ByteBuffer.wrap(value).putLong(System.nanoTime());
            producer.send(new ProducerRecord<>(FIRST.topic(), value));
        }
    }

    void await(long expected) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (received.get() < expected && System.nanoTime() < limit) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    Histogram latency() {
        return latencyNanos;
    }

    void forget() {
        received.set(0);
        latencyNanos.reset();
    }

    @Override
    public void close() {
        first.wakeup();
        second.wakeup();
        producer.close(Duration.ofSeconds(1));
        relay.close(Duration.ofSeconds(1));
    }
}
