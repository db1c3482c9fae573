package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.channel.core.ChannelState;
import io.socle.realtime.channel.core.IndexEntry;
import io.socle.realtime.channel.core.PartitionState;
import io.socle.realtime.channel.core.PartitionState.Span;
import io.socle.realtime.channel.core.ProducerState;
import io.socle.realtime.channel.core.Remains;
import io.socle.realtime.channel.core.Segment;
import io.socle.realtime.channel.core.Tables;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.log.PolicyRecords;
import io.socle.realtime.contracts.log.v1.ChannelStateRecord;
import io.socle.realtime.contracts.log.v1.IndexRecord;
import io.socle.realtime.contracts.log.v1.PartitionStateRecord;
import io.socle.realtime.contracts.log.v1.PoliciesRecord;
import io.socle.realtime.contracts.log.v1.ProducerStateRecord;
import io.socle.realtime.contracts.log.v1.RemainsRecord;
import io.socle.realtime.contracts.log.v1.SegmentRecord;
import io.socle.realtime.contracts.log.v1.SlotRecord;
import java.nio.ByteBuffer;

/** The values of the stores, as records of the log's schema. */
final class Values {
    static final Codec<PartitionState> PARTITION = new PartitionCodec();
    static final Codec<ChannelState> CHANNEL = new ChannelCodec();
    static final Codec<IndexEntry> INDEX = new IndexCodec();
    static final Codec<ProducerState> PRODUCER = new ProducerCodec();
    static final Codec<Policies> POLICIES = new PoliciesCodec();
    static final Codec<Long> INCARNATION = new IncarnationCodec();
    static final Codec<Long> OFFSET = new OffsetCodec();
    static final Codec<Remains> REMAINS = new RemainsCodec();
    static final Codec<Tables.Mark> MARK = new MarkCodec();

    private Values() {}

    private static final class PartitionCodec implements Codec<PartitionState> {
        @Override
        public byte[] encode(PartitionState state) {
            return PartitionStateRecord.newBuilder()
                    .setClockMs(state.clock())
                    .setLastPosition(state.lastPosition())
                    .setIndexFirst(state.index().first())
                    .setIndexCount(state.index().count())
                    .setDedupFirst(state.window().first())
                    .setDedupCount(state.window().count())
                    .setIndexEvictedMs(state.evictedTime())
                    .build()
                    .toByteArray();
        }

        @Override
        public PartitionState decode(byte[] bytes) throws InvalidProtocolBufferException {
            PartitionStateRecord record = PartitionStateRecord.parseFrom(bytes);
            return new PartitionState(
                    record.getClockMs(),
                    record.getLastPosition(),
                    new Span(record.getIndexFirst(), record.getIndexCount()),
                    new Span(record.getDedupFirst(), record.getDedupCount()),
                    record.getIndexEvictedMs());
        }
    }

    private static final class ChannelCodec implements Codec<ChannelState> {
        @Override
        public byte[] encode(ChannelState state) {
            ChannelStateRecord.Builder record = ChannelStateRecord.newBuilder()
                    .setEpoch(state.epoch())
                    .setHead(state.head())
                    .setFirst(state.first())
                    .setLastTimeMs(state.lastTime())
                    .setProducers(state.producers())
                    .setCollapseKeys(state.collapseKeys())
                    .setDurables(state.durables())
                    .setRemade(state.remade())
                    .setTimerMs(state.timer());
            for (Segment segment : state.segments()) {
                record.addSegments(SegmentRecord.newBuilder()
                        .setFirst(segment.first())
                        .setBytes(segment.bytes())
                        .setLastTimeMs(segment.lastTime()));
            }
            Long retained = state.retained();
            if (retained != null) {
                record.setRetained(retained);
            }
            return record.build().toByteArray();
        }

        @Override
        public ChannelState decode(byte[] bytes) throws InvalidProtocolBufferException {
            ChannelStateRecord record = ChannelStateRecord.parseFrom(bytes);
            return new ChannelState(
                    record.getEpoch(),
                    record.getHead(),
                    record.getFirst(),
                    record.getLastTimeMs(),
                    record.getSegmentsList().stream()
                            .map(segment ->
                                    new Segment(segment.getFirst(), segment.getBytes(), segment.getLastTimeMs()))
                            .toList(),
                    record.hasRetained() ? record.getRetained() : null,
                    record.getProducers(),
                    record.getCollapseKeys(),
                    record.getDurables(),
                    record.getRemade(),
                    record.getTimerMs());
        }
    }

    private static final class IndexCodec implements Codec<IndexEntry> {
        @Override
        public byte[] encode(IndexEntry entry) {
            return IndexRecord.newBuilder()
                    .setChannel(entry.channel())
                    .setOffset(entry.offset())
                    .setTimeMs(entry.time())
                    .setMessageId(entry.messageId())
                    .build()
                    .toByteArray();
        }

        @Override
        public IndexEntry decode(byte[] bytes) throws InvalidProtocolBufferException {
            IndexRecord record = IndexRecord.parseFrom(bytes);
            return new IndexEntry(record.getChannel(), record.getOffset(), record.getTimeMs(), record.getMessageId());
        }
    }

    private static final class ProducerCodec implements Codec<ProducerState> {
        @Override
        public byte[] encode(ProducerState state) {
            return ProducerStateRecord.newBuilder()
                    .setEpoch(state.epoch())
                    .setLastSequence(state.lastSequence())
                    .addAllLastOffsets(state.lastOffsets())
                    .build()
                    .toByteArray();
        }

        @Override
        public ProducerState decode(byte[] bytes) throws InvalidProtocolBufferException {
            ProducerStateRecord record = ProducerStateRecord.parseFrom(bytes);
            return new ProducerState(record.getEpoch(), record.getLastSequence(), record.getLastOffsetsList());
        }
    }

    private static final class PoliciesCodec implements Codec<Policies> {
        @Override
        public byte[] encode(Policies policies) {
            return PolicyRecords.toRecord(policies).toByteArray();
        }

        @Override
        public Policies decode(byte[] bytes) throws InvalidProtocolBufferException {
            return PolicyRecords.fromRecord(PoliciesRecord.parseFrom(bytes));
        }
    }

    private static final class IncarnationCodec implements Codec<Long> {
        @Override
        public byte[] encode(Long incarnation) {
            return SlotRecord.newBuilder().setIncarnation(incarnation).build().toByteArray();
        }

        @Override
        public Long decode(byte[] bytes) throws InvalidProtocolBufferException {
            return SlotRecord.parseFrom(bytes).getIncarnation();
        }
    }

    private static final class OffsetCodec implements Codec<Long> {
        @Override
        public byte[] encode(Long offset) {
            return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        }

        @Override
        public Long decode(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }
    }

    private static final class RemainsCodec implements Codec<Remains> {
        @Override
        public byte[] encode(Remains remains) {
            return RemainsRecord.newBuilder()
                    .setFirst(remains.first())
                    .setHead(remains.head())
                    .build()
                    .toByteArray();
        }

        @Override
        public Remains decode(byte[] bytes) throws InvalidProtocolBufferException {
            RemainsRecord record = RemainsRecord.parseFrom(bytes);
            return new Remains(record.getFirst(), record.getHead());
        }
    }

    private static final class MarkCodec implements Codec<Tables.Mark> {
        @Override
        public byte[] encode(Tables.Mark mark) {
            return new byte[] {1};
        }

        @Override
        public Tables.Mark decode(byte[] bytes) {
            return Tables.Mark.SET;
        }
    }
}
