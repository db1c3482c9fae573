package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.presence.core.ChannelState;
import io.socle.realtime.presence.core.Keys;
import io.socle.realtime.presence.core.LostNode;
import io.socle.realtime.presence.core.MemberState;
import io.socle.realtime.presence.core.Table;
import io.socle.realtime.presence.core.Tables;
import io.socle.realtime.shell.owner.ByteStore;

/** The tables of one partition in one store; a table's number is its keys' first byte and never changes. */
public record StoreTables(
        Table<ChannelName, ChannelState> channels,
        Table.Sorted<MemberKey, MemberState> members,
        Table.Sorted<Keys.OfSubject, Boolean> bySubject,
        Table.Sorted<Keys.Held, Boolean> held,
        Table.Sorted<Keys.Due, Boolean> dues,
        Table<Keys.VisitNumber, PresenceReply.Visit> visits,
        Table.Sorted<Keys.Seen, Long> seen,
        Table<Integer, Long> nodes,
        Table.Sorted<Integer, LostNode> lostNodes,
        Table.Cell<Long> clock,
        Table.Cell<PresencePolicies> policies)
        implements Tables {
    private static final int CHANNELS = 1;
    private static final int MEMBERS = 2;
    private static final int BY_SUBJECT = 3;
    private static final int HELD = 4;
    private static final int DUES = 5;
    private static final int VISITS = 6;
    private static final int SEEN = 7;
    private static final int NODES = 8;
    private static final int LOST_NODES = 9;
    private static final int CLOCK = 20;
    private static final int POLICIES = 22;

    public static StoreTables of(ByteStore store) {
        return new StoreTables(
                new StoreTable<>(store, CHANNELS, channel(), StoredValues.CHANNEL),
                new StoreTable<>(store, MEMBERS, member(), StoredValues.MEMBER),
                new StoreTable<>(store, BY_SUBJECT, ofSubject(), StoredValues.THERE),
                new StoreTable<>(store, HELD, heldMember(), StoredValues.THERE),
                new StoreTable<>(store, DUES, due(), StoredValues.THERE),
                new StoreTable<>(store, VISITS, visit(), StoredValues.VISIT),
                new StoreTable<>(store, SEEN, seenSubject(), StoredValues.NUMBER),
                new StoreTable<>(store, NODES, slot(NODES), StoredValues.NUMBER),
                new StoreTable<>(store, LOST_NODES, slot(LOST_NODES), StoredValues.LOST_NODE),
                new StoreTable.Cell<>(store, CLOCK, StoredValues.NUMBER),
                new StoreTable.Cell<>(store, POLICIES, StoredValues.POLICIES));
    }

    private static StoreTable.Keys<ChannelName> channel() {
        return new StoreTable.Keys<>(
                name -> KeyBytes.of(CHANNELS).text(name.value()).bytes(),
                bytes -> new ChannelName(KeyBytes.read(bytes).text()));
    }

    private static StoreTable.Keys<MemberKey> member() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(MEMBERS).member(key).bytes(),
                bytes -> KeyBytes.read(bytes).member());
    }

    private static StoreTable.Keys<Keys.OfSubject> ofSubject() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(BY_SUBJECT)
                        .text(key.subject())
                        .text(key.channel().value())
                        .text(key.entry())
                        .bytes(),
                bytes -> {
                    KeyBytes key = KeyBytes.read(bytes);
                    String subject = key.text();
                    ChannelName channel = new ChannelName(key.text());
                    return new Keys.OfSubject(subject, channel, key.text());
                });
    }

    private static StoreTable.Keys<Keys.Held> heldMember() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(HELD)
                        .number(key.slot())
                        .number(key.incarnation())
                        .member(key.member())
                        .bytes(),
                bytes -> {
                    KeyBytes key = KeyBytes.read(bytes);
                    int slot = (int) key.number();
                    long incarnation = key.number();
                    return new Keys.Held(slot, incarnation, key.member());
                });
    }

    private static StoreTable.Keys<Keys.Due> due() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(DUES)
                        .number(key.time())
                        .number(key.what().ordinal())
                        .member(key.member())
                        .bytes(),
                bytes -> {
                    KeyBytes key = KeyBytes.read(bytes);
                    long time = key.number();
                    Keys.What what = Keys.What.values()[(int) key.number()];
                    return new Keys.Due(time, what, key.member());
                });
    }

    private static StoreTable.Keys<Keys.VisitNumber> visit() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(VISITS)
                        .text(key.channel().value())
                        .number(key.number())
                        .bytes(),
                bytes -> {
                    KeyBytes key = KeyBytes.read(bytes);
                    ChannelName channel = new ChannelName(key.text());
                    return new Keys.VisitNumber(channel, key.number());
                });
    }

    private static StoreTable.Keys<Keys.Seen> seenSubject() {
        return new StoreTable.Keys<>(
                key -> KeyBytes.of(SEEN)
                        .text(key.subject())
                        .text(key.channel().value())
                        .bytes(),
                bytes -> {
                    KeyBytes key = KeyBytes.read(bytes);
                    String subject = key.text();
                    return new Keys.Seen(subject, new ChannelName(key.text()));
                });
    }

    private static StoreTable.Keys<Integer> slot(int table) {
        return new StoreTable.Keys<>(slot -> KeyBytes.of(table).number(slot).bytes(), bytes ->
                (int) KeyBytes.read(bytes).number());
    }
}
