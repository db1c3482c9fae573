package io.socle.realtime.channel.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.shell.owner.CommandProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Appends an owner's own commands as gateways do. */
public final class KafkaCommandSender implements CommandSender, AutoCloseable {
    /** The caller is a Streams thread: it must not wait for a broker that is away. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final String topic;
    private final CommandProducer producer;

    public KafkaCommandSender(String bootstrapServers, LogTopics topics) {
        this.topic = topics.channelCommands();
        this.producer = new CommandProducer(bootstrapServers, LONGEST_WAIT);
    }

    @Override
    public void send(int partition, Command command) {
        byte[] value = CommandRecords.encode(null, command);
        producer.append(
                new ProducerRecord<>(topic, partition, null, value),
                command.getClass().getSimpleName());
    }

    /** The key leads to the channel's owner, as with gateways. Once it is in that owner's log it will be decided. */
    @Override
    public void publishWill(int partition, long generation, RealtimeMessage message) {
        byte[] key = message.channel().value().getBytes(StandardCharsets.UTF_8);
        byte[] value = CommandRecords.encode(null, new Command.Publish(message, null));
        producer.append(
                new ProducerRecord<>(topic, key, value),
                "will",
                () -> send(partition, new Command.WillPublished(generation)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
