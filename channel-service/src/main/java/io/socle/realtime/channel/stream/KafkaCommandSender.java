package io.socle.realtime.channel.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/** Appends an owner's own commands with a plain producer, as gateways do. */
public final class KafkaCommandSender implements CommandSender, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaCommandSender.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String topic;
    private final Producer<byte[], byte[]> producer;

    public KafkaCommandSender(String bootstrapServers, LogTopics topics) {
        this.topic = topics.channelCommands();
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // The caller is a Streams thread: it must not wait for a broker that is away.
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        200),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void send(int partition, Command command) {
        byte[] value = CommandRecords.encode(null, command);
        producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, failure) -> {
            if (failure != null) {
                LOG.warnf(
                        "A %s could not be appended to partition %d and will be tried again: %s",
                        command.getClass().getSimpleName(), partition, failure.getMessage());
            }
        });
    }

    /** The key leads to the channel's owner, as with gateways. Once it is in that owner's log it will be decided. */
    @Override
    public void publishWill(int partition, long generation, RealtimeMessage message) {
        byte[] key = message.channel().value().getBytes(StandardCharsets.UTF_8);
        byte[] value = CommandRecords.encode(null, new Command.Publish(message, null));
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure == null) {
                send(partition, new Command.WillPublished(generation));
            } else {
                LOG.warnf("A will could not be sent and will be tried again: %s", failure.getMessage());
            }
        });
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
