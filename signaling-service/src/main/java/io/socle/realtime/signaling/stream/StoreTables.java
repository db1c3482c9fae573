package io.socle.realtime.signaling.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.log.SignalRecords;
import io.socle.realtime.contracts.log.v1.KeptSignalRecord;
import io.socle.realtime.contracts.log.v1.RoomPartitionRecord;
import io.socle.realtime.contracts.log.v1.RoomStateRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.shell.owner.ByteStore;
import io.socle.realtime.signaling.core.Room;
import io.socle.realtime.signaling.core.Tables;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a partition keeps, as values by keys. */
public final class StoreTables implements Tables {
    private static final byte[] SET = {1};

    private final ByteStore store;

    public StoreTables(ByteStore store) {
        this.store = store;
    }

    /** Reads a value; one that cannot be read is a defect of the store, and not of the command at hand. */
    private interface Decoding<T> {
        T decode(byte[] value) throws InvalidProtocolBufferException;
    }

    private static <T> T decoded(byte[] value, Decoding<T> decoding) {
        try {
            return decoding.decode(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store has what cannot be read", e);
        }
    }

    @Override
    public @Nullable Room room(ChannelName name) {
        byte[] value = store.get(StoreKeys.room(name));
        return value == null ? null : decoded(value, bytes -> RoomCodec.fromRecord(RoomStateRecord.parseFrom(bytes)));
    }

    @Override
    public void put(ChannelName name, Room room) {
        store.put(StoreKeys.room(name), RoomCodec.toRecord(room).toByteArray());
    }

    @Override
    public void delete(ChannelName name) {
        store.delete(StoreKeys.room(name));
    }

    @Override
    public List<ChannelName> rooms() {
        List<ChannelName> names = new ArrayList<>();
        store.range(StoreKeys.first(StoreKeys.ROOM), StoreKeys.last(StoreKeys.ROOM), (key, value) -> {
            names.add(StoreKeys.nameOfRoom(key));
            return true;
        });
        return names;
    }

    @Override
    public void keep(ChannelName room, long peer, KeptSignal signal) {
        KeptSignalRecord record = KeptSignalRecord.newBuilder()
                .setFrom(signal.from())
                .setSignal(SignalRecords.toRecord(signal.signal()))
                .build();
        store.put(StoreKeys.kept(room, peer, signal.sequence()), record.toByteArray());
    }

    @Override
    public void forget(ChannelName room, long peer, long sequence) {
        store.delete(StoreKeys.kept(room, peer, sequence));
    }

    @Override
    public List<KeptSignal> kept(ChannelName room, long peer, long after, int most) {
        List<KeptSignal> kept = new ArrayList<>();
        byte[] from = StoreKeys.kept(room, peer, after + 1);
        store.range(from, StoreKeys.kept(room, peer, Long.MAX_VALUE), (key, value) -> {
            kept.add(decoded(value, bytes -> keptSignal(key, KeptSignalRecord.parseFrom(bytes))));
            return kept.size() < most;
        });
        return kept;
    }

    private static KeptSignal keptSignal(byte[] key, KeptSignalRecord record) {
        return new KeptSignal(
                StoreKeys.sequenceOfKept(key), record.getFrom(), SignalRecords.fromRecord(record.getSignal()));
    }

    @Override
    public void setTimer(long time, ChannelName room) {
        store.put(StoreKeys.timer(time, room), SET);
    }

    @Override
    public void removeTimer(long time, ChannelName room) {
        store.delete(StoreKeys.timer(time, room));
    }

    @Override
    public List<ChannelName> due(long time, int most) {
        List<ChannelName> due = new ArrayList<>();
        store.range(StoreKeys.first(StoreKeys.TIMER), StoreKeys.lastTimer(time), (key, value) -> {
            due.add(StoreKeys.nameOfTimer(key));
            return due.size() < most;
        });
        return due;
    }

    @Override
    public OptionalLong next() {
        List<Long> first = new ArrayList<>();
        store.range(StoreKeys.first(StoreKeys.TIMER), StoreKeys.last(StoreKeys.TIMER), (key, value) -> {
            first.add(StoreKeys.timeOfTimer(key));
            return false;
        });
        return first.isEmpty() ? OptionalLong.empty() : OptionalLong.of(first.getFirst());
    }

    @Override
    public @Nullable Long incarnation(int slot) {
        byte[] value = store.get(StoreKeys.slot(slot));
        return value == null ? null : ByteBuffer.wrap(value).getLong();
    }

    @Override
    public void putIncarnation(int slot, long incarnation) {
        store.put(
                StoreKeys.slot(slot),
                ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array());
    }

    @Override
    public Summary summary() {
        byte[] value = store.get(StoreKeys.summary());
        return value == null
                ? Summary.EMPTY
                : decoded(value, bytes -> {
                    RoomPartitionRecord record = RoomPartitionRecord.parseFrom(bytes);
                    return new Summary(record.getClockMs(), (int) record.getRooms());
                });
    }

    @Override
    public void put(Summary summary) {
        RoomPartitionRecord record = RoomPartitionRecord.newBuilder()
                .setClockMs(summary.clock())
                .setRooms(summary.rooms())
                .build();
        store.put(StoreKeys.summary(), record.toByteArray());
    }
}
