package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Keys;
import io.socle.realtime.channel.core.SessionState;
import io.socle.realtime.channel.core.SessionTables;
import io.socle.realtime.channel.core.StoredWill;
import io.socle.realtime.channel.core.Table;
import io.socle.realtime.channel.core.Tables.Mark;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.Payload;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The tables of MQTT clients' sessions, in the store of small state: they are written again and again. */
record StoreSessionTables(
        Table.Sorted<SessionKey, SessionState> states,
        Table.Sorted<Keys.SessionPart, Payload> entries,
        Table.Sorted<Keys.SessionTimer, Mark> timers,
        Table.Sorted<Keys.SessionPlace, Mark> attached,
        Table.Sorted<Long, StoredWill> wills,
        Table.Sorted<Keys.Firing, Mark> firing,
        Table.Cell<Long> count)
        implements SessionTables {

    private static final int STATE = 40;
    private static final int ENTRY = 41;
    private static final int TIMER = 42;
    private static final int ATTACHED = 43;
    private static final int WILL = 44;
    private static final int FIRING = 45;
    /** Not next to another: the end of a table is where the next number begins. */
    private static final int COUNT = 48;

    static StoreSessionTables of(KeyValueStore<Bytes, byte[]> store) {
        return new StoreSessionTables(
                new StoreTable<>(store, STATE, SessionKeys.session(STATE), SessionCodecs.STATE),
                new StoreTable<>(store, ENTRY, SessionKeys.part(ENTRY), SessionCodecs.ENTRY),
                new StoreTable<>(store, TIMER, SessionKeys.timer(TIMER), Values.MARK),
                new StoreTable<>(store, ATTACHED, SessionKeys.place(ATTACHED), Values.MARK),
                new StoreTable<>(store, WILL, StoreKeys.number(WILL), SessionCodecs.WILL),
                new StoreTable<>(store, FIRING, SessionKeys.firing(FIRING), Values.MARK),
                new StoreTable.Cell<>(store, Bytes.wrap(StoreKeys.cell(COUNT)), SessionCodecs.COUNT));
    }
}
