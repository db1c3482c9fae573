package io.socle.realtime.shell.owner;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands of owners with a plain producer, as gateways do: in a transaction they would be seen only after its commit,
 * and would hold up all that is behind them in their partition. Safe for use by all threads.
 */
public final class CommandProducer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CommandProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final ThreadLocal<Promises> promised = ThreadLocal.withInitial(Promises::new);

    /** What one thread has promised to have in the log before it commits. */
    private static final class Promises {
        private boolean any;
        private volatile @Nullable Exception failure;
    }

    /**
     * Opens it.
     *
     * @param longestWait how long an append may wait for a broker that is away; the caller processes nothing meanwhile
     */
    public CommandProducer(String bootstrapServers, Duration longestWait) {
        this(new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        longestWait.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    CommandProducer(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Appends what can be appended again later. */
    public void append(ProducerRecord<byte[], byte[]> record, String what) {
        append(record, what, () -> {});
    }

    /** Appends what can be appended again later, and then does something in a thread of the producer. */
    public void append(ProducerRecord<byte[], byte[]> record, String what, Runnable then) {
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                then.run();
            } else {
                LOG.warnf(
                        "A %s could not be appended to %s and will be tried again: %s",
                        what, record.topic(), failure.getMessage());
            }
        });
    }

    /** Appends what has to be in the log before the calling thread commits. */
    public void promise(ProducerRecord<byte[], byte[]> record) {
        Promises own = promised.get();
        own.any = true;
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                own.failure = failure;
            }
        });
    }

    /** Returns when all is in the log that this thread has promised; throws KafkaException where that is not to be. */
    public void keepPromises() {
        Promises own = promised.get();
        if (!own.any) {
            return;
        }
        producer.flush();
        promised.remove();
        Exception failure = own.failure;
        if (failure != null) {
            throw new KafkaException("a command could not be appended", failure);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
