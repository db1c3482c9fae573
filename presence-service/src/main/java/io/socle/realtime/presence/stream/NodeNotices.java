package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.NodeRecords;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Tells the owner of every partition of every service which gateway nodes are dead, and tells the nodes topic that time
 * passes. Every instance of the service tells the same; owners take a repeat as nothing. Safe for use by all threads.
 */
public final class NodeNotices implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(NodeNotices.class);
    private static final int BLOCK_MS = 2_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final LogTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    /** The latest dead incarnation of each slot that is not known to be in the log yet. */
    private final Map<Integer, Long> unsent = new ConcurrentHashMap<>();

    public NodeNotices(String bootstrapServers, LogTopics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.block.ms", BLOCK_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Time passes; told every few seconds. */
    public void tick() {
        try {
            producer.send(new ProducerRecord<>(topics.nodes(), 0, null, NodeRecords.tick()), (metadata, failure) -> {
                if (failure != null) {
                    LOG.debugf("A tick of the nodes topic was lost: %s", failure.toString());
                }
            });
        } catch (KafkaException e) {
            LOG.debugf("A tick of the nodes topic was lost: %s", e.toString());
        }
    }

    /** A node is dead; sent with the next {@link #send()}. */
    void dead(int slot, long incarnation) {
        unsent.merge(slot, incarnation, Math::max);
    }

    /** Sends what is not in the log yet; what fails is kept for the next call. */
    void send() {
        if (unsent.isEmpty()) {
            return;
        }
        try {
            Map<String, Integer> partitions = partitions();
            Map.copyOf(unsent).forEach((slot, incarnation) -> {
                unsent.remove(slot, incarnation);
                var dead = new Command.NodeDead(slot, incarnation);
                partitions.forEach((topic, count) -> send(dead, topic, count));
            });
        } catch (KafkaException e) {
            LOG.warnf("Dead nodes could not be told, which is tried again: %s", e.toString());
        }
    }

    /** How many partitions each topic has whose owners keep something of nodes. */
    private Map<String, Integer> partitions() {
        return Stream.of(topics.channelCommands(), topics.presenceCommands(), topics.signalingCommands())
                .collect(Collectors.toMap(
                        topic -> topic, topic -> producer.partitionsFor(topic).size()));
    }

    private void send(Command.NodeDead dead, String topic, int partitions) {
        byte[] value = CommandRecords.encode(null, dead);
        for (int partition = 0; partition < partitions; partition++) {
            producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, failure) -> {
                if (failure != null) {
                    LOG.warnf("A dead node could not be told, which is tried again: %s", failure.toString());
                    dead(dead.slot(), dead.incarnation());
                }
            });
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
