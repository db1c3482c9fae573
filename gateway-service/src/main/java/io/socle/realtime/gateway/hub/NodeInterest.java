package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * What this node has asked the owners for, counted over all event loops. Counting and sending happen under one lock, so
 * that the owner sees subscribe and unsubscribe in the order in which the count changed.
 */
public final class NodeInterest {
    private final Owners owners;
    private final Map<ChannelFilter, Integer> feeds = new HashMap<>();

    public NodeInterest(Owners owners) {
        this.owners = owners;
    }

    /** Counts one feed more; each feed asks for itself, for the owner's answer says where it begins. */
    synchronized void retain(ChannelFilter filter) {
        feeds.merge(filter, 1, Integer::sum);
    }

    synchronized void registerChannel(ChannelName channel, Executor loop, ReplyHandler handler) {
        var subscribe = new Command.Subscribe(ChannelFilter.of(channel));
        owners.command(owners.partition(channel), subscribe, loop, handler);
    }

    synchronized void registerFilter(ChannelFilter filter, Executor loop, ReplyHandler handler) {
        partitions(filter).forEach(partition -> registerFilter(filter, partition, loop, handler));
    }

    synchronized void registerFilter(ChannelFilter filter, int partition, Executor loop, ReplyHandler handler) {
        owners.command(partition, new Command.Subscribe(filter), loop, handler);
    }

    /** Asks one owner for messages of an ephemeral channel, or of all that a filter selects. */
    synchronized void registerEphemeral(ChannelFilter filter, int partition, Executor loop, ReplyHandler handler) {
        owners.command(partition, new Command.Subscribe(filter, true), loop, handler);
    }

    /** Counts one feed less; after the last the owners are told. */
    synchronized void release(ChannelFilter filter) {
        if (feeds.merge(filter, -1, Integer::sum) > 0) {
            return;
        }
        feeds.remove(filter);
        var unsubscribe = new Command.Unsubscribe(filter);
        partitions(filter)
                .forEach(partition -> owners.command(partition, unsubscribe, Runnable::run, ReplyHandler.IGNORE));
    }

    /** The partitions whose owners have channels that a filter selects. */
    IntStream partitions(ChannelFilter filter) {
        return filter.isExact()
                ? IntStream.of(owners.partition(new ChannelName(filter.value())))
                : IntStream.range(0, owners.partitions());
    }

    /** How many channels and filters this node follows. */
    public synchronized int size() {
        return feeds.size();
    }
}
