package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.log.InterestSink;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.Peers;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which other nodes want the ephemeral channels that this node publishes to. The owner of a channel is asked at the first
 * message and tells each change from then on; until its first word messages wait, a few and not for long. There is one
 * path to each node, and a channel's messages take it one after the other. Safe for use by all threads.
 */
public final class Routes implements InterestSink {
    /** Most channels that this node publishes to at a time, an idle one until it is forgotten. */
    public static final int CHANNELS = 100_000;
    /** How long a channel is remembered that nobody here publishes to. */
    static final Duration IDLE = Duration.ofSeconds(60);
    /** How long the owner's word is waited for before it is asked again. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final int slot;
    private final Owners owners;
    private final Peers peers;
    private final int most;
    private final LongSupplier nanoClock;
    private final EphemeralMetrics metrics;
    private final Runnable notSent;
    private final Map<ChannelName, Route> routes = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param slot this node's own, which is served without the log
     * @param most channels at a time
     */
    public Routes(int slot, Owners owners, Peers peers, int most, LongSupplier nanoClock, EphemeralMetrics metrics) {
        this.slot = slot;
        this.owners = owners;
        this.peers = peers;
        this.most = most;
        this.nanoClock = nanoClock;
        this.metrics = metrics;
        this.notSent = () -> metrics.dropped(EphemeralMetrics.Dropped.NOT_SENT);
    }

    /**
     * Sends a message to every other node that wants it; only when the owners are ready.
     *
     * @param delivery makes the record, where there is anybody to send it to
     * @return false where as many channels are in use as this node allows, and then nothing was sent
     */
    boolean send(ChannelName channel, Supplier<byte[]> delivery) {
        while (true) {
            Route route = routes.get(channel);
            if (route == null) {
                if (routes.size() >= most) {
                    return false;
                }
                route = routes.computeIfAbsent(channel, any -> new Route(owners.partition(channel)));
            }
            synchronized (route) {
                // A removed one has told the owner that nothing is watched; its successor watches anew.
                if (!route.isRemoved()) {
                    send(channel, route, delivery);
                    return true;
                }
            }
        }
    }

    private void send(ChannelName channel, Route route, Supplier<byte[]> delivery) {
        long now = nanoClock.getAsLong();
        if (route.use(now)) {
            owners.command(channel, new Command.Watch(channel), Runnable::run, ReplyHandler.IGNORE);
        }
        List<NodeLife> nodes = route.nodes();
        if (nodes == null) {
            route.keep(delivery.get(), now, metrics);
        } else if (!nodes.isEmpty()) {
            send(nodes, delivery.get());
        }
    }

    private void send(List<NodeLife> nodes, byte[] delivery) {
        nodes.forEach(node -> peers.send(node, delivery, notSent));
        metrics.sent(nodes.size());
    }

    @Override
    public void interested(ChannelName channel, List<NodeLife> nodes) {
        Route route = routes.get(channel);
        if (route == null) {
            return;
        }
        List<NodeLife> others =
                nodes.stream().filter(node -> node.slot() != slot).toList();
        synchronized (route) {
            for (byte[] delivery : route.learn(others, nanoClock.getAsLong(), metrics)) {
                send(others, delivery);
            }
        }
    }

    @Override
    public void interestChanged(int partition) {
        routes.values().stream().filter(route -> route.partition() == partition).forEach(Routes::doubt);
    }

    @Override
    public void interestLost() {
        routes.values().forEach(Routes::doubt);
    }

    private static void doubt(Route route) {
        synchronized (route) {
            route.doubt();
        }
    }

    /** Forgets channels that nobody published to for a while; called about every ten seconds. */
    public void forgetIdle() {
        long now = nanoClock.getAsLong();
        routes.forEach((channel, route) -> {
            synchronized (route) {
                if (route.removeIfIdle(now)) {
                    // Before it is taken out: whoever publishes now comes after this in the log.
                    owners.command(channel, new Command.Unwatch(channel), Runnable::run, ReplyHandler.IGNORE);
                    routes.remove(channel, route);
                }
            }
        });
    }

    /** How many channels are remembered. */
    public int size() {
        return routes.size();
    }
}
