package io.socle.realtime.gateway.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.connection.ConnectionMetrics;
import io.socle.realtime.gateway.ephemeral.EphemeralMetrics;
import io.socle.realtime.gateway.hub.HubMetrics;
import io.socle.realtime.gateway.hub.OutboxBudget;
import io.socle.realtime.gateway.pressure.Pressure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the gateway counts; labels are bounded: transport, code. */
@ApplicationScoped
public class GatewayMetrics implements HubMetrics, ConnectionMetrics, EphemeralMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter dropped;
    private final Counter fellBehind;
    private final Counter gaps;
    private final Counter sent;
    private final ConcurrentHashMap<String, AtomicInteger> open = new ConcurrentHashMap<>();

    GatewayMetrics(MeterRegistry registry, Pressure pressure) {
        this.registry = registry;
        this.delivered = registry.counter("realtime.deliveries");
        this.dropped = registry.counter("realtime.deliveries.dropped");
        this.fellBehind = registry.counter("realtime.subscriptions.fell.behind");
        this.gaps = registry.counter("realtime.feeds.gaps");
        this.sent = registry.counter("realtime.ephemeral.sent");
        Gauge.builder(
                        "realtime.publish.wait",
                        pressure,
                        any -> any.longestWait().toNanos() / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("realtime.commands.undecided", pressure, Pressure::undecided)
                .register(registry);
        Gauge.builder(
                        "realtime.partitions.lagging",
                        pressure,
                        any -> any.lagging().size())
                .register(registry);
    }

    /** Shows how many bytes wait for slow connections. */
    void outboxes(OutboxBudget budget) {
        Gauge.builder("realtime.outboxes.bytes", budget, OutboxBudget::used).register(registry);
    }

    @Override
    public void delivered(int count) {
        delivered.increment(count);
    }

    @Override
    public void dropped() {
        dropped.increment();
    }

    @Override
    public void fellBehind() {
        fellBehind.increment();
    }

    @Override
    public void gap() {
        gaps.increment();
    }

    @Override
    public void sent(int nodes) {
        sent.increment(nodes);
    }

    @Override
    public void dropped(Dropped why) {
        registry.counter("realtime.ephemeral.dropped", "reason", why.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void opened(String transport) {
        open.computeIfAbsent(transport, this::gauge).incrementAndGet();
        registry.counter("realtime.connections.opened", "transport", transport).increment();
    }

    private AtomicInteger gauge(String transport) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("realtime.connections", count, AtomicInteger::get)
                .tag("transport", transport)
                .register(registry);
        return count;
    }

    @Override
    public void closed(String transport) {
        open.computeIfAbsent(transport, this::gauge).decrementAndGet();
    }

    @Override
    public void problem(String transport, FailureCode code) {
        registry.counter("realtime.problems", "transport", transport, "code", code.code())
                .increment();
    }

    @Override
    public void publishRefused(FailureCode code) {
        registry.counter("realtime.publishes.refused", "code", code.code()).increment();
    }

    @Override
    public void backpressure(boolean on) {
        registry.counter("realtime.backpressure", "state", on ? "on" : "off").increment();
    }

    @Override
    public void disconnected(String transport, FailureCode code) {
        registry.counter("realtime.disconnects", "transport", transport, "code", code.code())
                .increment();
    }
}
