package io.socle.realtime.signaling.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.shell.owner.ByteStore;
import io.socle.realtime.shell.owner.Cause;
import io.socle.realtime.shell.owner.Decider;
import io.socle.realtime.shell.owner.Outcome;
import io.socle.realtime.signaling.core.Bounds;
import io.socle.realtime.signaling.core.Effect;
import io.socle.realtime.signaling.core.Partition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The core of one partition between its codecs. */
public final class RoomDecider implements Decider<Command> {
    private static final byte[] TICK = CommandRecords.encode(null, new Command.Tick());

    private final LogTopics topics;
    private final StoreTables tables;
    private final Partition partition;

    public RoomDecider(LogTopics topics, Bounds bounds, int partition, ByteStore store) {
        this.topics = topics;
        this.tables = new StoreTables(store);
        this.partition = new Partition(partition, tables, bounds);
    }

    @Override
    public Asked<Command> decode(byte[] value) {
        CommandRecords.Logged logged = CommandRecords.decode(value);
        return new Asked<>(logged.origin(), logged.command());
    }

    @Override
    public List<Outcome> decide(Cause cause, @Nullable Origin origin, Command command) {
        return partition.apply(cause.offset(), cause.timestamp(), origin, command).stream()
                .map(this::outcome)
                .toList();
    }

    private Outcome outcome(Effect effect) {
        return switch (effect) {
            case Effect.Answer(Origin origin, var reply) -> new Outcome.Answer(origin, reply);
            case Effect.Tell(int slot, long incarnation, var told) -> new Outcome.Tell(slot, incarnation, told);
            case Effect.Publish(RealtimeMessage message) ->
                new Outcome.Command(
                        topics.channelCommands(),
                        message.channel().value().getBytes(StandardCharsets.UTF_8),
                        CommandRecords.encode(null, new Command.Publish(message, null)));
        };
    }

    @Override
    public List<byte[]> onTime(long now) {
        return tickBy(now);
    }

    @Override
    public List<byte[]> onProcessed(Command command) {
        return command instanceof Command.Tick ? tickBy(tables.summary().clock()) : List.of();
    }

    private List<byte[]> tickBy(long time) {
        return partition.next().orElse(Long.MAX_VALUE) <= time ? List.of(TICK) : List.of();
    }
}
