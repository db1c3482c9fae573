package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.PresenceRecords;
import io.socle.realtime.presence.core.Effect;
import io.socle.realtime.presence.core.PresencePartition;
import io.socle.realtime.shell.owner.ByteStore;
import io.socle.realtime.shell.owner.Cause;
import io.socle.realtime.shell.owner.Decider;
import io.socle.realtime.shell.owner.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The core of presence between its codecs, and its timers. */
public final class PresenceDecider implements Decider<PresenceCommand> {
    /** How long to wait for an appended record to be processed before it is appended again, in milliseconds. */
    private static final long PATIENCE = 10_000;

    private static final byte[] TICK = PresenceRecords.encode(null, new PresenceCommand.Tick());

    private final PresencePartition partition;
    private final PresencePolicies configured;
    private final PresenceMessages messages;
    /** Whether a tick was asked for that has not been processed yet. */
    private boolean hurried;

    private long policiesSent = Long.MIN_VALUE / 2;

    public PresenceDecider(ByteStore store, PresencePolicies configured, LogTopics topics) {
        this.partition = new PresencePartition(StoreTables.of(store));
        this.configured = configured;
        this.messages = new PresenceMessages(topics);
    }

    @Override
    public Asked<PresenceCommand> decode(byte[] value) {
        PresenceRecords.Logged logged = PresenceRecords.decode(value);
        return new Asked<>(logged.origin(), logged.command());
    }

    @Override
    public List<Outcome> decide(Cause cause, @Nullable Origin origin, PresenceCommand command) {
        List<Outcome> outcomes = new ArrayList<>(2);
        for (Effect effect : partition.apply(cause.timestamp(), origin, command)) {
            outcomes.add(
                    switch (effect) {
                        case Effect.Answer(Origin to, var reply) -> new Outcome.Answer(to, reply);
                        case Effect.Tell tell -> messages.publish(tell);
                    });
        }
        return outcomes;
    }

    @Override
    public List<byte[]> onTime(long now) {
        List<byte[]> records = new ArrayList<>(2);
        if (!partition.policies().equals(configured) && now - policiesSent > PATIENCE) {
            policiesSent = now;
            records.add(PresenceRecords.encode(null, new PresenceCommand.SetPolicies(configured)));
        }
        if (partition.isDue(now)) {
            hurried = true;
            records.add(TICK);
        }
        return records;
    }

    @Override
    public List<byte[]> onProcessed(PresenceCommand command) {
        hurried &= !(command instanceof PresenceCommand.Tick);
        if (!partition.hasMore() || hurried) {
            return List.of();
        }
        hurried = true;
        return List.of(TICK);
    }
}
