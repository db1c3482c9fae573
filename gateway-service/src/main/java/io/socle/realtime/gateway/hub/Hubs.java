package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.DeliverySink;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.RoomSink;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** One hub per event loop that has links; safe for use by all threads. */
public final class Hubs implements DeliverySink {
    private final Map<Executor, Hub> hubs = new ConcurrentHashMap<>();
    private final Owners owners;
    private final NodeInterest interest;
    private final HubMetrics metrics;
    private final InstantSource clock;
    private final Hub.DelayedTasks delays;
    private final OutboxBudget budget;
    private final EphemeralNamespaces ephemeral;

    public Hubs(
            Owners owners,
            HubMetrics metrics,
            InstantSource clock,
            Hub.DelayedTasks delays,
            OutboxBudget budget,
            EphemeralNamespaces ephemeral) {
        this.owners = owners;
        this.interest = new NodeInterest(owners);
        this.metrics = metrics;
        this.clock = clock;
        this.delays = delays;
        this.budget = budget;
        this.ephemeral = ephemeral;
    }

    /** The hub of an event loop, made at the first call. */
    public Hub of(Executor loop) {
        return hubs.computeIfAbsent(
                loop, any -> new Hub(loop, owners, interest, metrics, clock, delays, budget, ephemeral));
    }

    /** How many channels and filters this node follows. */
    public int feeds() {
        return interest.size();
    }

    @Override
    public Collection<Executor> loops() {
        return hubs.keySet();
    }

    @Override
    public void accept(Executor loop, List<Incoming> batch) {
        Hub hub = hubs.get(loop);
        if (hub != null) {
            hub.accept(batch);
            return;
        }
        for (Incoming incoming : batch) {
            if (incoming instanceof Incoming.Answer answer) {
                answer.handler().replied(answer.partition(), answer.logPosition(), answer.reply());
            } else if (incoming instanceof Incoming.ToPeer(RoomSink sink, Delivery.ToPeer told)) {
                sink.told(told);
            }
        }
    }

    @Override
    public void resync() {
        hubs.forEach((loop, hub) -> loop.execute(hub::resync));
    }

    @Override
    public void resync(int partition) {
        hubs.forEach((loop, hub) -> loop.execute(() -> hub.resync(partition)));
    }
}
