package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes to other nodes' partitions of the deliveries topic. It has a producer of its own that asks for no
 * acknowledgement: a flood of what may be lost must not take the room of commands.
 */
final class KafkaPeers implements Peers {
    private final Producer<byte[], byte[]> producer;
    private final LogTopics topics;

    KafkaPeers(Producer<byte[], byte[]> producer, LogTopics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /** Learns where the topic is, so that sends need not wait for it; throws KafkaException as long as that is unknown. */
    void prepare() {
        producer.partitionsFor(topics.deliveries());
    }

    @Override
    public void send(NodeLife to, byte[] delivery, Runnable failed) {
        var logged = new ProducerRecord<byte[], byte[]>(topics.deliveries(), to.slot(), null, delivery);
        logged.headers()
                .add(
                        LogHeaders.INCARNATION,
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(to.incarnation())
                                .array());
        try {
            producer.send(logged, (metadata, failure) -> {
                if (failure != null) {
                    failed.run();
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // Closed, or no such partition: at most once is what is promised.
            failed.run();
        }
    }

    void close(Duration limit) {
        producer.close(limit);
    }
}
