package io.socle.realtime.presence.stream;

import io.socle.realtime.presence.core.PresenceCommand;
import io.socle.realtime.presence.core.PresenceState;
import io.socle.realtime.shell.stream.LogReader;
import io.socle.realtime.shell.stream.ParkedRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        var step = state.apply(new PresenceCommand.Unknown("this version knows no presence command"));
        state = step.state();
        for (PresenceState.Effect effect : step.effects()) {
            switch (effect) {
                case PresenceState.Effect.Park park -> parkedRecords.park(record, park.reason());
            }
        }
    }

    @Override
    public void flush() {
        parkedRecords.flush();
    }
}
