package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.presence.core.PresenceCommand;
import io.socle.realtime.presence.core.PresenceState;
import io.socle.realtime.shell.stream.LogReader;
import io.socle.realtime.shell.stream.ParkedRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Gives the records of the commands topic to the core, and carries out what it decides. */
public final class CommandHandler implements LogReader.Handler {
    private final ParkedRecords parkedRecords;
    private volatile PresenceState state = PresenceState.EMPTY;

    public CommandHandler(ParkedRecords parkedRecords) {
        this.parkedRecords = parkedRecords;
    }

    /** The state as of the last record read. Any thread. */
    public PresenceState state() {
        return state;
    }

    @Override
    public void begin() {
        // What was counted before a failure stays counted.
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        if (isOfNode(record.value())) {
            return;
        }
        var step = state.apply(new PresenceCommand.Unknown("this version knows no presence command"));
        state = step.state();
        for (PresenceState.Effect effect : step.effects()) {
            switch (effect) {
                case PresenceState.Effect.Park park -> parkedRecords.park(record, park.reason());
            }
        }
    }

    /** Every owner is told of dead nodes; nothing is kept of them here yet. */
    private static boolean isOfNode(byte @Nullable [] value) {
        try {
            return value != null && CommandRecords.decode(value).command() instanceof Command.NodeDead;
        } catch (UnreadableRecordException e) {
            return false;
        }
    }

    @Override
    public void flush() {
        parkedRecords.flush();
    }
}
