package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.channel.core.SessionState;
import io.socle.realtime.channel.core.StoredWill;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.log.SessionRecords;
import io.socle.realtime.contracts.log.v1.OriginRecord;
import io.socle.realtime.contracts.log.v1.SessionCountRecord;
import io.socle.realtime.contracts.log.v1.SessionEntryValueRecord;
import io.socle.realtime.contracts.log.v1.SessionStateRecord;
import io.socle.realtime.contracts.log.v1.SessionWaitingRecord;
import io.socle.realtime.contracts.log.v1.StoredWillRecord;
import io.socle.realtime.contracts.message.Payload;

/** The values of sessions' tables, as records of the log's schema. */
final class SessionCodecs {
    static final Codec<SessionState> STATE = new StateCodec();
    static final Codec<Payload> ENTRY = new EntryCodec();
    static final Codec<StoredWill> WILL = new WillCodec();
    static final Codec<Long> COUNT = new CountCodec();

    private SessionCodecs() {}

    private static final class StateCodec implements Codec<SessionState> {
        @Override
        public byte[] encode(SessionState state) {
            var record = SessionStateRecord.newBuilder()
                    .setGeneration(state.generation())
                    .setExpiryMs(state.expiry())
                    .setBytes(state.bytes())
                    .setHasWill(state.hasWill())
                    .setWillMs(state.willAt())
                    .setEndsMs(state.endsAt())
                    .setGraced(state.graced())
                    .setTimerMs(state.timer());
            NodeLife at = state.at();
            if (at != null) {
                record.setSlot(at.slot()).setIncarnation(at.incarnation());
            }
            SessionState.Waiting waiting = state.waiting();
            if (waiting != null) {
                record.setWaiting(waiting(waiting));
            }
            return record.build().toByteArray();
        }

        private static SessionWaitingRecord waiting(SessionState.Waiting waiting) {
            Origin origin = waiting.origin();
            return SessionWaitingRecord.newBuilder()
                    .setOrigin(OriginRecord.newBuilder()
                            .setSlot(origin.slot())
                            .setIncarnation(origin.incarnation())
                            .setRequest(origin.request()))
                    .setGeneration(waiting.generation())
                    .setExpiryMs(waiting.expiry())
                    .setHasWill(waiting.hasWill())
                    .setDeadlineMs(waiting.deadline())
                    .build();
        }

        @Override
        public SessionState decode(byte[] bytes) throws InvalidProtocolBufferException {
            SessionStateRecord record = SessionStateRecord.parseFrom(bytes);
            return new SessionState(
                    record.getGeneration(),
                    record.hasSlot() ? new NodeLife(record.getSlot(), record.getIncarnation()) : null,
                    record.hasWaiting() ? waiting(record.getWaiting()) : null,
                    record.getExpiryMs(),
                    record.getBytes(),
                    record.getHasWill(),
                    record.getWillMs(),
                    record.getEndsMs(),
                    record.getGraced(),
                    record.getTimerMs());
        }

        private static SessionState.Waiting waiting(SessionWaitingRecord record) {
            OriginRecord origin = record.getOrigin();
            return new SessionState.Waiting(
                    new Origin(origin.getSlot(), origin.getIncarnation(), origin.getRequest()),
                    record.getGeneration(),
                    record.getExpiryMs(),
                    record.getHasWill(),
                    record.getDeadlineMs());
        }
    }

    private static final class EntryCodec implements Codec<Payload> {
        @Override
        public byte[] encode(Payload value) {
            return SessionEntryValueRecord.newBuilder()
                    .setValue(UnsafeByteOperations.unsafeWrap(value.bytes()))
                    .build()
                    .toByteArray();
        }

        @Override
        public Payload decode(byte[] bytes) throws InvalidProtocolBufferException {
            return Payload.of(
                    SessionEntryValueRecord.parseFrom(bytes).getValue().toByteArray());
        }
    }

    private static final class WillCodec implements Codec<StoredWill> {
        @Override
        public byte[] encode(StoredWill stored) {
            return StoredWillRecord.newBuilder()
                    .setWill(SessionRecords.toRecord(stored.will()))
                    .setAgainMs(stored.again())
                    .build()
                    .toByteArray();
        }

        @Override
        public StoredWill decode(byte[] bytes) throws InvalidProtocolBufferException {
            StoredWillRecord record = StoredWillRecord.parseFrom(bytes);
            return new StoredWill(SessionRecords.fromRecord(record.getWill()), record.getAgainMs());
        }
    }

    private static final class CountCodec implements Codec<Long> {
        @Override
        public byte[] encode(Long sessions) {
            return SessionCountRecord.newBuilder().setSessions(sessions).build().toByteArray();
        }

        @Override
        public Long decode(byte[] bytes) throws InvalidProtocolBufferException {
            return SessionCountRecord.parseFrom(bytes).getSessions();
        }
    }
}
