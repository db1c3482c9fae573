package io.socle.realtime.channel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.channel.core.Keys;
import io.socle.realtime.channel.core.SharedFlight;
import io.socle.realtime.channel.core.SharedGroupState;
import io.socle.realtime.channel.core.SharedMemberState;
import io.socle.realtime.channel.core.SharedTables;
import io.socle.realtime.channel.core.Table;
import io.socle.realtime.contracts.log.v1.SharedFlightRecord;
import io.socle.realtime.contracts.log.v1.SharedGroupRecord;
import io.socle.realtime.contracts.log.v1.SharedMemberRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Shared subscriptions in the store of small state. */
record SharedStoreTables(
        Table.Sorted<String, SharedGroupState> groups,
        Table.Sorted<SharedTables.MemberKey, SharedMemberState> members,
        Table.Sorted<Keys.Place, SharedFlight> flights)
        implements SharedTables {
    private static final int GROUP = 80;
    private static final int MEMBER = 81;
    private static final int FLIGHT = 82;

    static SharedTables of(KeyValueStore<Bytes, byte[]> store) {
        return new SharedStoreTables(
                new StoreTable<>(store, GROUP, StoreKeys.text(GROUP), new GroupCodec()),
                new StoreTable<>(
                        store,
                        MEMBER,
                        StoreKeys.pair(
                                MEMBER,
                                SharedTables.MemberKey::group,
                                SharedTables.MemberKey::member,
                                SharedTables.MemberKey::new),
                        new MemberCodec()),
                new StoreTable<>(store, FLIGHT, StoreKeys.place(FLIGHT), new FlightCodec()));
    }

    private static final class GroupCodec implements Codec<SharedGroupState> {
        @Override
        public byte[] encode(SharedGroupState state) {
            var record = SharedGroupRecord.newBuilder().setTurn(state.turn());
            if (state.behind() != null) {
                record.setBehind(state.behind());
            }
            return record.build().toByteArray();
        }

        @Override
        public SharedGroupState decode(byte[] bytes) throws InvalidProtocolBufferException {
            SharedGroupRecord record = SharedGroupRecord.parseFrom(bytes);
            return new SharedGroupState(record.hasBehind() ? record.getBehind() : null, record.getTurn());
        }
    }

    private static final class MemberCodec implements Codec<SharedMemberState> {
        @Override
        public byte[] encode(SharedMemberState state) {
            var record = SharedMemberRecord.newBuilder()
                    .setSubject(state.subject())
                    .setGeneration(state.generation())
                    .setWindow(state.window())
                    .setQos(state.qos())
                    .setKeepMs(state.keepMs())
                    .setUntilMs(state.until());
            SharedMemberState.Node node = state.node();
            if (node != null) {
                record.setSlot(node.slot()).setIncarnation(node.incarnation());
            }
            return record.build().toByteArray();
        }

        @Override
        public SharedMemberState decode(byte[] bytes) throws InvalidProtocolBufferException {
            SharedMemberRecord record = SharedMemberRecord.parseFrom(bytes);
            return new SharedMemberState(
                    record.getSubject(),
                    record.getGeneration(),
                    record.getWindow(),
                    record.getQos(),
                    record.getKeepMs(),
                    record.hasSlot() ? new SharedMemberState.Node(record.getSlot(), record.getIncarnation()) : null,
                    record.getUntilMs());
        }
    }

    private static final class FlightCodec implements Codec<SharedFlight> {
        @Override
        public byte[] encode(SharedFlight flight) {
            return SharedFlightRecord.newBuilder()
                    .setGeneration(flight.generation())
                    .setChannel(flight.channel())
                    .setOffset(flight.offset())
                    .setOnce(flight.once())
                    .setBytes(flight.bytes())
                    .addAllReceivers(flight.receivers())
                    .build()
                    .toByteArray();
        }

        @Override
        public SharedFlight decode(byte[] bytes) throws InvalidProtocolBufferException {
            SharedFlightRecord record = SharedFlightRecord.parseFrom(bytes);
            return new SharedFlight(
                    record.getGeneration(),
                    record.getChannel(),
                    record.getOffset(),
                    record.getOnce(),
                    record.getBytes(),
                    record.getReceiversList());
        }
    }
}
