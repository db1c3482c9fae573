package io.socle.realtime.gateway.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients with the settings that this service's promises rest on. */
final class KafkaClients {
    private static final int BUFFER_BYTES = 32 * 1024 * 1024;
    private static final int EPHEMERAL_BUFFER_BYTES = 8 * 1024 * 1024;
    /** What could not be sent for so long is not worth sending any more. */
    private static final int EPHEMERAL_TIMEOUT_MS = 2_000;

    private static final int BATCH_BYTES = 64 * 1024;
    private static final int LARGEST_RECORD_BYTES = 2 * 1024 * 1024;
    private static final int DELIVERY_TIMEOUT_MS = 30_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int RECONNECT_MAX_MS = 500;
    /** Longer than any topic rests: to learn of a forgotten topic anew, a send would have to wait. */
    private static final long METADATA_IDLE_MS = 30L * 24 * 3600 * 1000;

    private KafkaClients() {}

    static Producer<byte[], byte[]> producer(LogSettings settings) {
        Map<String, Object> config = sending(settings, "gateway-" + settings.slot());
        // Acknowledged means: in the log of all in-sync replicas, once and in order.
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** One that asks for no acknowledgement: what is lost is lost, nothing comes twice, and nothing comes late. */
    static Producer<byte[], byte[]> forgetfulProducer(LogSettings settings) {
        Map<String, Object> config = sending(settings, "gateway-" + settings.slot() + "-ephemeral");
        config.put(ProducerConfig.ACKS_CONFIG, "0");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        config.put(ProducerConfig.RETRIES_CONFIG, 0);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, EPHEMERAL_BUFFER_BYTES);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, EPHEMERAL_TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, EPHEMERAL_TIMEOUT_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> sending(LogSettings settings, String client) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD_BYTES);
        // Event loops send: they must never wait for room or for metadata.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_IDLE_MS);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        return config;
    }

    static Consumer<byte[], byte[]> consumer(LogSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-" + settings.slot());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A place that is gone must be noticed, not papered over.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
