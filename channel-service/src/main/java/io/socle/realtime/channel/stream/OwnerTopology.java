package io.socle.realtime.channel.stream;

import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.shell.owner.Slots;
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

/** Commands and reads into one owner per partition; deliveries and parked records out. */
public final class OwnerTopology {
    static final String DELIVERIES_SINK = "deliveries";
    static final String PARKED_SINK = "parked";

    private static final String SOURCE_COMMANDS = "commands";
    private static final String SOURCE_READS = "reads";
    private static final String OWNER = "owner";

    private OwnerTopology() {}

    /** Where {@code leaving} answers true, owners commit what they do at once. */
    public static Topology build(
            OwnerSettings settings,
            OwnerMetrics metrics,
            PublishTraces traces,
            CommandSender sender,
            BooleanSupplier leaving) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ByteArraySerializer raw = new ByteArraySerializer();
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE_COMMANDS,
                bytes,
                bytes,
                settings.topics().channelCommands());
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE_READS,
                bytes,
                bytes,
                settings.topics().reads());
        topology.addProcessor(
                OWNER, supplier(settings, metrics, traces, sender, leaving), SOURCE_COMMANDS, SOURCE_READS);
        topology.addSink(DELIVERIES_SINK, settings.topics().deliveries(), Slots.NO_KEY, raw, Slots.PARTITIONER, OWNER);
        topology.addSink(PARKED_SINK, settings.topics().parked(), raw, raw, OWNER);
        return topology;
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            OwnerSettings settings,
            OwnerMetrics metrics,
            PublishTraces traces,
            CommandSender sender,
            BooleanSupplier leaving) {
        Set<StoreBuilder<?>> stores = Set.of(
                // Small state changes with every publication: the record cache writes it once per commit.
                store(StoreTables.CHANNELS).withCachingEnabled(),
                store(StoreTables.HISTORY).withCachingDisabled(),
                store(StoreTables.INDEX).withCachingDisabled());
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new Owner(settings, metrics, traces, sender, leaving);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(TopicPlan.CHANGELOG);
    }
}
