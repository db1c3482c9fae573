package io.socle.realtime.shell.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic on a thread of its own, as a member of a consumer group, or whole from the beginning. The handler is
 * called on that thread. A failure of the handler or of Kafka makes it begin again from what was committed.
 */
public final class LogReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 1_000;

    private final Source source;
    private final Handler handler;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private final SteadyReadiness readiness = new SteadyReadiness(SteadyReadiness.BREAK, System::nanoTime);

    /**
     * What to read.
     *
     * @param topic its Kafka topic
     * @param group consumer group; null: the whole topic, from the beginning, without committing
     */
    public record Source(
            String bootstrapServers, String topic, @Nullable String group) {}

    /** Takes what is read. */
    public interface Handler {
        /** Called before the first record of each reading, which begins again after a failure. */
        void begin();

        void handle(ConsumerRecord<byte[], byte[]> record);

        /** Called once in each reading of a whole topic, when all that was in it at the start has been handled. */
        default void caughtUp() {}

        /** Called when all records given so far are about to be committed; must have done with them on return. */
        void flush();
    }

    public LogReader(Source source, Handler handler) {
        this.source = source;
        this.handler = handler;
        this.thread =
                Thread.ofPlatform().daemon().name("read-" + source.topic()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether partitions are assigned; of a whole topic, whether all that was in it at the start has been read. */
    public boolean isReady() {
        return readiness.isReady();
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                readUntilFailure();
                readiness.reset();
                if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readUntilFailure() {
        try (var opened = new KafkaConsumer<byte[], byte[]>(config())) {
            consumer = opened;
            handler.begin();
            if (source.group() == null) {
                readWhole(opened);
            } else {
                readAsMember(opened);
            }
        } catch (WakeupException e) {
            LOG.debugf(e, "Reading of %s is to end", source.topic());
        } catch (KafkaException | IllegalStateException e) {
            LOG.warnf("Reading of %s failed and begins again: %s", source.topic(), e.getMessage());
            LOG.debug("The failure", e);
        } finally {
            consumer = null;
        }
    }

    private Map<String, Object> config() {
        return Map.of(
                "bootstrap.servers",
                source.bootstrapServers(),
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class,
                "group.id",
                source.group() == null ? "unused" : source.group(),
                "enable.auto.commit",
                false,
                // What was asked before a first start is still to be answered.
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                500);
    }

    private void readAsMember(KafkaConsumer<byte[], byte[]> opened) {
        opened.subscribe(List.of(source.topic()), new Assignment(readiness::become));
        while (stopped.getCount() > 0) {
            var records = opened.poll(POLL);
            records.forEach(handler::handle);
            handler.flush();
            if (!records.isEmpty()) {
                opened.commitSync();
            }
        }
    }

    private void readWhole(KafkaConsumer<byte[], byte[]> opened) {
        var partitions = opened.partitionsFor(source.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        var ends = opened.endOffsets(partitions);
        while (stopped.getCount() > 0) {
            opened.poll(POLL).forEach(handler::handle);
            if (!readiness.isReady()
                    && !partitions.isEmpty()
                    && partitions.stream().allMatch(one -> opened.position(one) >= ends.getOrDefault(one, 0L))) {
                handler.caughtUp();
                readiness.become(true);
            }
            handler.flush();
        }
    }

    /** Ends the reading; blocks until the thread has ended, for 5 s at most. */
    @Override
    public void close() {
        stopped.countDown();
        var open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Assignment(Consumer<Boolean> told) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            told.accept(false);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // An instance beyond the number of partitions has none, and is of use as a spare.
            told.accept(true);
        }
    }
}
