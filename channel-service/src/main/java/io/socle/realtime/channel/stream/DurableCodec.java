package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.channel.core.DurableState;
import io.socle.realtime.contracts.log.v1.DurableStateRecord;

/** A durable subscription's state as a record of the log's schema. */
final class DurableCodec implements Codec<DurableState> {
    static final Codec<DurableState> VALUE = new DurableCodec();

    private DurableCodec() {}

    @Override
    public byte[] encode(DurableState state) {
        var record = DurableStateRecord.newBuilder()
                .setAcked(state.acked())
                .setDelivered(state.delivered())
                .setGeneration(state.generation())
                .setLastUsedMs(state.lastUsed())
                .setTimerMs(state.timer());
        DurableState.Attachment attachment = state.attachment();
        if (attachment != null) {
            record.setSlot(attachment.slot()).setIncarnation(attachment.incarnation());
        }
        return record.build().toByteArray();
    }

    @Override
    public DurableState decode(byte[] bytes) throws InvalidProtocolBufferException {
        DurableStateRecord record = DurableStateRecord.parseFrom(bytes);
        return new DurableState(
                record.getAcked(),
                record.getDelivered(),
                record.getGeneration(),
                record.hasSlot() ? new DurableState.Attachment(record.getSlot(), record.getIncarnation()) : null,
                record.getLastUsedMs(),
                record.getTimerMs());
    }
}
