package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The owners of a service whose state is small values by keys: one topic of commands in, deliveries, commands for others and
 * parked records out, one store.
 *
 * @param <C> the commands that they know
 */
public final class SmallOwners<C> implements OwnerWork {
    static final String STORE = "state";
    static final String DELIVERIES_SINK = "deliveries";
    static final String PARKED_SINK = "parked";
    /** The key that says that time passes: a decider has none that begins with it, nor reads beyond it. */
    static final byte[] PULSE = {(byte) 0xff};

    private static final String SOURCE = "commands";
    private static final String OWNER = "owner";
    /** Kafka that is away cannot commit either. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final LogTopics topics;
    private final String commandsTopic;
    private final SmallMetrics metrics;
    private final Decider.Opener<C> opener;
    private final CommandProducer producer;

    /** With the topic of their commands, one of {@code topics}. */
    public SmallOwners(
            LogTopics topics,
            String commandsTopic,
            SmallMetrics metrics,
            Decider.Opener<C> opener,
            String bootstrapServers) {
        this(topics, commandsTopic, metrics, opener, new CommandProducer(bootstrapServers, LONGEST_WAIT));
    }

    SmallOwners(
            LogTopics topics,
            String commandsTopic,
            SmallMetrics metrics,
            Decider.Opener<C> opener,
            CommandProducer producer) {
        this.topics = topics;
        this.commandsTopic = commandsTopic;
        this.metrics = metrics;
        this.opener = opener;
        this.producer = producer;
    }

    /** The topics without which they cannot be. */
    public static Set<String> needed(LogTopics topics, String commandsTopic) {
        return Set.of(commandsTopic, topics.channelCommands(), topics.deliveries(), topics.parked());
    }

    @Override
    public Topology topology(BooleanSupplier leaving) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ByteArraySerializer raw = new ByteArraySerializer();
        Topology topology = new Topology();
        topology.addSource(AutoOffsetReset.earliest(), SOURCE, bytes, bytes, commandsTopic);
        topology.addProcessor(OWNER, supplier(leaving), SOURCE);
        topology.addSink(DELIVERIES_SINK, topics.deliveries(), Slots.NO_KEY, raw, Slots.PARTITIONER, OWNER);
        topology.addSink(PARKED_SINK, topics.parked(), raw, raw, OWNER);
        return topology;
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(BooleanSupplier leaving) {
        // The record cache writes what changes often once per commit.
        StoreBuilder<KeyValueStore<Bytes, byte[]>> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(TopicPlan.CHANGELOG)
                .withCachingEnabled();
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new SmallOwner<>(SmallOwners.this, leaving);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store);
            }
        };
    }

    /** A command for another owner that is not in the log would be lost with the commit. */
    @Override
    public void beforeCommit() {
        producer.keepPromises();
    }

    @Override
    public void close() {
        producer.close();
    }

    LogTopics topics() {
        return topics;
    }

    String commandsTopic() {
        return commandsTopic;
    }

    SmallMetrics metrics() {
        return metrics;
    }

    Decider.Opener<C> opener() {
        return opener;
    }

    CommandProducer producer() {
        return producer;
    }
}
