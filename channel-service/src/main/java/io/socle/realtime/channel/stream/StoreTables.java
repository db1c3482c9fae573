package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.ChannelState;
import io.socle.realtime.channel.core.DurableState;
import io.socle.realtime.channel.core.HistoryEntry;
import io.socle.realtime.channel.core.IndexEntry;
import io.socle.realtime.channel.core.Keys;
import io.socle.realtime.channel.core.PartitionState;
import io.socle.realtime.channel.core.ProducerState;
import io.socle.realtime.channel.core.Remains;
import io.socle.realtime.channel.core.SessionTables;
import io.socle.realtime.channel.core.SharedTables;
import io.socle.realtime.channel.core.Table;
import io.socle.realtime.channel.core.Tables;
import io.socle.realtime.contracts.command.Policies;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The core's tables in three stores: small state that is written again and again, and so goes through the record cache;
 * payloads; and what is written once per publication.
 */
record StoreTables(
        Table.Cell<PartitionState> partition,
        Table.Cell<Policies> policies,
        Table<String, ChannelState> channels,
        Table.Sorted<Keys.Place, HistoryEntry> history,
        Table.Sorted<String, HistoryEntry> retained,
        Table.Sorted<Long, IndexEntry> index,
        Table.Sorted<Keys.Producer, ProducerState> producers,
        Table.Sorted<Keys.Collapse, Long> collapsed,
        Table.Sorted<Keys.Due, Mark> dues,
        Table.Sorted<Integer, Long> slots,
        Table.Sorted<Keys.Interest, Mark> interests,
        Table.Sorted<Keys.Interest, Mark> watches,
        Table.Sorted<Keys.Durable, DurableState> durables,
        Table.Sorted<Keys.Expiry, Mark> expiries,
        SessionTables sessions,
        Table.Sorted<String, Remains> remains,
        SharedTables shared)
        implements Tables {

    static final String CHANNELS = "channels";
    static final String HISTORY = "history";
    static final String INDEX = "index";

    private static final int PARTITION = 1;
    private static final int POLICIES = 2;
    private static final int CHANNEL = 3;
    private static final int PRODUCER = 4;
    private static final int COLLAPSED = 5;
    private static final int DUE = 6;
    private static final int SLOT = 7;
    private static final int INTEREST = 8;
    private static final int WATCH = 9;
    private static final int DURABLE = 20;
    private static final int EXPIRY = 21;
    private static final int REMAINS = 30;
    // From 40 on: StoreSessionTables.
    private static final int PLACE = 1;
    private static final int RETAINED = 2;
    private static final int ENTRY = 1;

    static StoreTables of(
            KeyValueStore<Bytes, byte[]> channels,
            KeyValueStore<Bytes, byte[]> history,
            KeyValueStore<Bytes, byte[]> index,
            MessageEncoding messages) {
        return new StoreTables(
                new StoreTable.Cell<>(channels, Bytes.wrap(StoreKeys.cell(PARTITION)), Values.PARTITION),
                new StoreTable.Cell<>(channels, Bytes.wrap(StoreKeys.cell(POLICIES)), Values.POLICIES),
                new StoreTable<>(channels, CHANNEL, StoreKeys.text(CHANNEL), Values.CHANNEL),
                new StoreTable<>(history, PLACE, StoreKeys.place(PLACE), messages),
                new StoreTable<>(history, RETAINED, StoreKeys.text(RETAINED), messages),
                new StoreTable<>(index, ENTRY, StoreKeys.number(ENTRY), Values.INDEX),
                new StoreTable<>(channels, PRODUCER, producerKeys(), Values.PRODUCER),
                new StoreTable<>(channels, COLLAPSED, collapseKeys(), Values.OFFSET),
                new StoreTable<>(channels, DUE, dueKeys(), Values.MARK),
                new StoreTable<>(channels, SLOT, StoreKeys.slot(SLOT), Values.INCARNATION),
                new StoreTable<>(channels, INTEREST, interestKeys(INTEREST), Values.MARK),
                new StoreTable<>(channels, WATCH, interestKeys(WATCH), Values.MARK),
                new StoreTable<>(channels, DURABLE, StoreKeys.durable(DURABLE), DurableCodec.VALUE),
                new StoreTable<>(channels, EXPIRY, StoreKeys.expiry(EXPIRY), Values.MARK),
                StoreSessionTables.of(channels),
                new StoreTable<>(channels, REMAINS, StoreKeys.text(REMAINS), Values.REMAINS),
                SharedStoreTables.of(channels));
    }

    private static KeyCodec<Keys.Producer> producerKeys() {
        return StoreKeys.pair(PRODUCER, Keys.Producer::channel, Keys.Producer::producer, Keys.Producer::new);
    }

    private static KeyCodec<Keys.Collapse> collapseKeys() {
        return StoreKeys.pair(COLLAPSED, Keys.Collapse::channel, Keys.Collapse::key, Keys.Collapse::new);
    }

    private static KeyCodec<Keys.Due> dueKeys() {
        return StoreKeys.numbered(DUE, Keys.Due::time, Keys.Due::channel, Keys.Due::new);
    }

    private static KeyCodec<Keys.Interest> interestKeys(int table) {
        return StoreKeys.numbered(
                table,
                Keys.Interest::slot,
                Keys.Interest::filter,
                (slot, filter) -> new Keys.Interest((int) slot, filter));
    }
}
