package io.socle.realtime.channel.stream;

import io.socle.realtime.shell.owner.OwnerWork;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.Topology;

/** The owners of channels, with the producer for what they tell themselves. */
public final class ChannelOwners implements OwnerWork {
    private final OwnerSettings settings;
    private final OwnerMetrics metrics;
    private final PublishTraces traces;
    private final KafkaCommandSender sender;

    public ChannelOwners(OwnerSettings settings, OwnerMetrics metrics, PublishTraces traces, String bootstrapServers) {
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        this.sender = new KafkaCommandSender(bootstrapServers, settings.topics());
    }

    /** The topics without which they cannot be. */
    public static Set<String> topics(OwnerSettings settings) {
        return Set.of(
                settings.topics().channelCommands(),
                settings.topics().reads(),
                settings.topics().deliveries(),
                settings.topics().parked());
    }

    @Override
    public Topology topology(BooleanSupplier leaving) {
        return OwnerTopology.build(settings, metrics, traces, sender, leaving);
    }

    @Override
    public void close() {
        sender.close();
    }
}
