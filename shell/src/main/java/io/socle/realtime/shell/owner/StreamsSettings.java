package io.socle.realtime.shell.owner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the Streams client runs.
 *
 * @param bootstrapServers host and port of the Kafka brokers, split by commas
 * @param applicationId the consumer group, and the prefix of the changelog topics
 * @param instanceId stable over restarts, so that a restarted instance gets its partitions back at once
 * @param stateDirectory where stores are kept
 * @param threads processing threads, 1 or more
 * @param standbys warm copies of each store on other instances
 * @param commitInterval how often a transaction is committed
 * @param sessionTimeout after how long a silent instance loses its partitions
 * @param cacheBytes record cache for small state, of all threads together
 * @param rocksBytes native memory of all stores together
 */
public record StreamsSettings(
        String bootstrapServers,
        String applicationId,
        String instanceId,
        Path stateDirectory,
        int threads,
        int standbys,
        Duration commitInterval,
        Duration sessionTimeout,
        long cacheBytes,
        long rocksBytes) {
    /** The others learn by their next heartbeat that one is gone. */
    private static final int HEARTBEATS = 30;
    /** How long a thread waits for records before it looks for anything else to do: several times at each change of owners. */
    private static final Duration POLL = Duration.ofMillis(20);
    /** How long the broker keeps a fetch that finds nothing: what is new to a reader is asked for only after that. */
    private static final int FETCH_WAIT_MILLIS = 100;

    private static final int REQUEST_BYTES = 4 << 20;

    public Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL.toMillis());
        // A new owner does again what was not committed, and whoever reads may know of that: what is in the log is
        // dealt with
        // by its time, so commands before later reads. Nothing is waited for that is not in the log yet.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
        properties.put(SharedRocksMemory.BYTES, Long.toString(rocksBytes));
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OversizedDeliveries.class);
        putMoves(properties);
        putClients(properties);
        return properties;
    }

    private static void putMoves(Properties properties) {
        properties.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, OwnerAssignor.class.getName());
        properties.put(StreamsConfig.mainConsumerPrefix(OwnerAssignor.ARRIVALS), new Arrivals(System::nanoTime));
    }

    private void putClients(Properties properties) {
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                sessionTimeout.toMillis());
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) sessionTimeout.toMillis() / HEARTBEATS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                transactionTimeout().toMillis());
    }

    /**
     * Whoever takes over waits until the broker has ended the last transaction of the one that is gone: no longer than for
     * its session, but with room for a slow commit.
     */
    private Duration transactionTimeout() {
        Duration leastRoom = commitInterval.multipliedBy(2);
        return leastRoom.compareTo(sessionTimeout) > 0 ? leastRoom : sessionTimeout;
    }
}
