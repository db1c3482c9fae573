package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Policies;

/** Everything that the core remembers of one partition. */
public interface Tables {
    Table.Cell<PartitionState> partition();

    Table.Cell<Policies> policies();

    /** By channel name. */
    Table<String, ChannelState> channels();

    /** One entry for each offset from a channel's first to its head. */
    Table.Sorted<Keys.Place, HistoryEntry> history();

    /** The retained message of a channel, by channel name. */
    Table.Sorted<String, HistoryEntry> retained();

    /** Publications by log position. */
    Table.Sorted<Long, IndexEntry> index();

    Table.Sorted<Keys.Producer, ProducerState> producers();

    /** The newest offset of a collapse key. */
    Table.Sorted<Keys.Collapse, Long> collapsed();

    /** Channels by the time, in milliseconds, when their oldest history has to go. */
    Table.Sorted<Keys.Due, Mark> dues();

    /** The present incarnation of each gateway slot. */
    Table.Sorted<Integer, Long> slots();

    Table.Sorted<Keys.Interest, Mark> interests();

    /** The ephemeral channels whose messages a gateway slot sends to others. */
    Table.Sorted<Keys.Interest, Mark> watches();

    Table.Sorted<Keys.Durable, DurableState> durables();

    /** One entry for each durable subscription. */
    Table.Sorted<Keys.Expiry, Mark> expiries();

    /** Of MQTT clients. */
    SessionTables sessions();

    /** What is left of deleted channels, by {@link ChannelState#records}. */
    Table.Sorted<String, Remains> remains();

    /** Shared subscriptions. */
    SharedTables shared();

    /** The value of a table that is a set. */
    enum Mark {
        SET
    }
}
