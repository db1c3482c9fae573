package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.channel.core.HistoryEntry;
import io.socle.realtime.contracts.log.MessageRecords;
import io.socle.realtime.contracts.log.v1.HistoryRecord;
import io.socle.realtime.contracts.log.v1.MessageRecord;
import io.socle.realtime.contracts.message.RealtimeMessage;
import org.jspecify.annotations.Nullable;

/** Encodes a message once for history and every delivery. One instance serves one partition's thread. */
final class MessageEncoding implements Codec<HistoryEntry> {
    private @Nullable RealtimeMessage last;
    private MessageRecord lastRecord = MessageRecord.getDefaultInstance();

    /** The record of a message; the last one is remembered, by identity. */
    MessageRecord record(RealtimeMessage message) {
        if (!isLast(message)) {
            lastRecord = MessageRecords.toRecord(message);
            last = message;
        }
        return lastRecord;
    }

    @SuppressWarnings("ReferenceEquality") // Comparing contents would cost as much as encoding.
    private boolean isLast(RealtimeMessage message) {
        return last == message;
    }

    @Override
    public byte[] encode(HistoryEntry entry) {
        HistoryRecord.Builder record =
                HistoryRecord.newBuilder().setTimeMs(entry.time()).setLogPosition(entry.logPosition());
        RealtimeMessage message = entry.message();
        if (message != null) {
            record.setMessage(record(message));
        }
        return record.build().toByteArray();
    }

    @Override
    public HistoryEntry decode(byte[] bytes) throws InvalidProtocolBufferException {
        HistoryRecord record = HistoryRecord.parseFrom(bytes);
        return new HistoryEntry(
                record.getTimeMs(),
                record.getLogPosition(),
                record.hasMessage() ? MessageRecords.fromRecord(record.getMessage()) : null);
    }
}
