package io.socle.realtime.signaling.stream;

import io.socle.realtime.shell.stream.LogReader;
import io.socle.realtime.shell.stream.ParkedRecords;
import io.socle.realtime.signaling.core.SignalingCommand;
import io.socle.realtime.signaling.core.SignalingState;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Gives the records of the commands topic to the core, and carries out what it decides. */
public final class CommandHandler implements LogReader.Handler {
    private final ParkedRecords parkedRecords;
    private volatile SignalingState state = SignalingState.EMPTY;

    public CommandHandler(ParkedRecords parkedRecords) {
        this.parkedRecords = parkedRecords;
    }

    /** The state as of the last record read. Any thread. */
    public SignalingState state() {
        return state;
    }

    @Override
    public void begin() {
        // What was counted before a failure stays counted.
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        var step = state.apply(new SignalingCommand.Unknown("this version knows no signaling command"));
        state = step.state();
        for (SignalingState.Effect effect : step.effects()) {
            switch (effect) {
                case SignalingState.Effect.Park park -> parkedRecords.park(record, park.reason());
            }
        }
    }

    @Override
    public void flush() {
        parkedRecords.flush();
    }
}
