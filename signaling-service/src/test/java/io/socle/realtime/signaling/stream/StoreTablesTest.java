package io.socle.realtime.signaling.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.shell.owner.ByteStore;
import io.socle.realtime.signaling.core.Call;
import io.socle.realtime.signaling.core.Pair;
import io.socle.realtime.signaling.core.Peer;
import io.socle.realtime.signaling.core.Room;
import io.socle.realtime.signaling.core.Tables.KeptSignal;
import io.socle.realtime.signaling.core.Tables.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreTablesTest {
    private static final ChannelName ROOM = new ChannelName("calls/1");
    private static final ChannelName LONGER = new ChannelName("calls/1/x");

    private final StoreTables tables = new StoreTables(new MemoryStore());

    /** Keys sort as unsigned bytes, as in a store of Streams. */
    private static final class MemoryStore implements ByteStore {
        private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

        @Override
        public byte @Nullable [] get(byte[] key) {
            return entries.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            entries.remove(key);
        }

        @Override
        public void range(byte[] from, byte[] to, Visitor visitor) {
            for (Map.Entry<byte[], byte[]> entry :
                    List.copyOf(entries.subMap(from, true, to, true).entrySet())) {
                if (!visitor.visit(entry.getKey(), entry.getValue())) {
                    return;
                }
            }
        }
    }

    private static Room room() {
        Peer here = new Peer(
                1, "alice", "digest", new Metadata("{}"), new Peer.Link("c1", 2, 3), 0, 4, new Peer.Kept(5, 6, 7));
        Peer away = new Peer(8, "bob", "other", null, new Peer.Link("c2", 0, 9), 10, 0, new Peer.Kept(0, 0, 0));
        Pair pair = new Pair(
                1, 8, 3, 8, new Pair.Side(true, List.of("a", "b")), new Pair.Side(false, List.of()), List.of("c"));
        Call call = new Call(
                11,
                1,
                12,
                List.of(
                        new Call.Callee("carol", CallState.ACCEPTED, "c3"),
                        new Call.Callee("dave", CallState.RINGING, null)));
        return new Room(List.of(here, away), List.of(pair), List.of(call), 10);
    }

    @Test
    void a_room_comes_back_as_it_was() {
        assertThat(tables.room(ROOM)).isNull();
        tables.put(ROOM, room());
        tables.put(LONGER, room());
        assertThat(tables.room(ROOM)).isEqualTo(room());
        assertThat(tables.rooms()).containsExactly(ROOM, LONGER);
        tables.delete(ROOM);
        assertThat(tables.rooms()).containsExactly(LONGER);
    }

    @Test
    void what_is_kept_is_one_peers_of_one_room_in_order() {
        KeptSignal first = new KeptSignal(1, 9, new Signal.Offer(1, "v=0"));
        KeptSignal late = new KeptSignal(300, 9, new Signal.EndOfCandidates(null));
        tables.keep(ROOM, 2, late);
        tables.keep(ROOM, 2, first);
        tables.keep(ROOM, 3, first);
        tables.keep(LONGER, 2, first);
        assertThat(tables.kept(ROOM, 2, 0, 9)).containsExactly(first, late);
        assertThat(tables.kept(ROOM, 2, 0, 1)).containsExactly(first);
        assertThat(tables.kept(ROOM, 2, 1, 9)).containsExactly(late);
        tables.forget(ROOM, 2, 1);
        assertThat(tables.kept(ROOM, 2, 0, 9)).containsExactly(late);
    }

    @Test
    void timers_come_in_the_order_of_time() {
        assertThat(tables.next()).isEqualTo(OptionalLong.empty());
        tables.setTimer(256, ROOM);
        tables.setTimer(255, LONGER);
        assertThat(tables.next()).isEqualTo(OptionalLong.of(255));
        assertThat(tables.due(254, 9)).isEmpty();
        assertThat(tables.due(255, 9)).containsExactly(LONGER);
        assertThat(tables.due(256, 9)).containsExactly(LONGER, ROOM);
        assertThat(tables.due(256, 1)).containsExactly(LONGER);
        tables.removeTimer(255, LONGER);
        assertThat(tables.next()).isEqualTo(OptionalLong.of(256));
    }

    @Test
    void slots_and_the_summary_come_back() {
        assertThat(tables.incarnation(3)).isNull();
        tables.putIncarnation(3, 4711);
        assertThat(tables.incarnation(3)).isEqualTo(4711);
        assertThat(tables.summary()).isEqualTo(new Summary(0, 0));
        tables.put(new Summary(5, 6));
        assertThat(tables.summary()).isEqualTo(new Summary(5, 6));
    }
}
