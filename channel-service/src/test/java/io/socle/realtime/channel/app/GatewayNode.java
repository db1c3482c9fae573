package io.socle.realtime.channel.app;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.log.ReadRecords;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a gateway does with the log, as plainly as possible. */
final class GatewayNode implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LogTopics topics = new LogTopics(LogTopics.DEFAULT_PREFIX);
    private final int slot;
    private final long incarnation;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, Reply> replies = new HashMap<>();
    private final Map<Integer, Long> watermarks = new HashMap<>();
    private final List<RealtimeMessage> received = new ArrayList<>();
    private long lastRequest;

    GatewayNode(String bootstrap, int slot, long incarnation, int partitions) {
        this.slot = slot;
        this.incarnation = incarnation;
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition own = new TopicPartition(topics.deliveries(), slot);
        consumer.assign(List.of(own));
        consumer.seekToBeginning(List.of(own));
    }

    /** Sends to the channel's owner and answers the request's number. */
    long send(ChannelName channel, Command command) {
        Origin origin = new Origin(slot, incarnation, ++lastRequest);
        producer.send(new ProducerRecord<>(
                topics.channelCommands(),
                channel.value().getBytes(StandardCharsets.UTF_8),
                CommandRecords.encode(origin, command)));
        return lastRequest;
    }

    long send(int partition, Command command) {
        Origin origin = new Origin(slot, incarnation, ++lastRequest);
        producer.send(new ProducerRecord<>(
                topics.channelCommands(), partition, null, CommandRecords.encode(origin, command)));
        return lastRequest;
    }

    long send(ChannelName channel, Read read) {
        return send(Partitions.of(channel, partitions), read);
    }

    long send(int partition, Read read) {
        Origin origin = new Origin(slot, incarnation, ++lastRequest);
        producer.send(new ProducerRecord<>(topics.reads(), partition, null, ReadRecords.encode(origin, read)));
        return lastRequest;
    }

    void sendRaw(int partition, byte[] value) {
        producer.send(new ProducerRecord<>(topics.channelCommands(), partition, null, value));
    }

    /** Waits for a reply; whatever else comes is kept. */
    Reply await(long request) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!replies.containsKey(request)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no reply to request " + request);
            }
            poll();
        }
        return replies.remove(request);
    }

    /** Waits until so many publications have come, and takes them. */
    List<RealtimeMessage> awaitMessages(int count) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (received.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + received.size() + " of " + count + " messages came");
            }
            poll();
        }
        List<RealtimeMessage> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            long meant = ByteBuffer.wrap(
                            record.headers().lastHeader(LogHeaders.INCARNATION).value())
                    .getLong();
            if (meant == incarnation) {
                take(DeliveryRecords.decode(record.value()));
            }
        }
    }

    private void take(Delivery delivery) {
        switch (delivery.content()) {
            case Delivery.Publication publication -> received.add(publication.message());
            case Delivery.DurableEnded ended -> {}
            case Delivery.ChannelDeleted deleted -> {}
            case Delivery.ToPeer told -> {}
            case Delivery.SessionEnded ended -> {}
            case Delivery.Ephemeral ephemeral -> {}
            case Delivery.Interested interested -> {}
            case Delivery.InterestChanged changed -> {}
            case Delivery.Shared shared -> received.add(shared.message());
            case Delivery.Answer answer -> replies.put(answer.request(), answer.reply());
            case Delivery.Watermark watermark -> watermarks.put(delivery.partition(), delivery.logPosition());
        }
    }

    /** How far a partition says that this node was served; -1 where it has not said. */
    long watermark(int partition) {
        poll();
        return watermarks.getOrDefault(partition, -1L);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}
