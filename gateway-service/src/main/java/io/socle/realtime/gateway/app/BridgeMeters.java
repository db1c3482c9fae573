package io.socle.realtime.gateway.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.bridge.BridgeMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.DoubleSupplier;

/** What bridges count; labels are bounded: the bridge's name, code. */
@ApplicationScoped
public class BridgeMeters implements BridgeMetrics {
    private static final String BRIDGE = "bridge";

    private final MeterRegistry registry;

    BridgeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void observe(String bridge, DoubleSupplier up, DoubleSupplier lagSeconds) {
        Gauge.builder("realtime.bridge.up", up, DoubleSupplier::getAsDouble)
                .tag(BRIDGE, bridge)
                .strongReference(true)
                .register(registry);
        Gauge.builder("realtime.bridge.lag", lagSeconds, DoubleSupplier::getAsDouble)
                .baseUnit("seconds")
                .tag(BRIDGE, bridge)
                .strongReference(true)
                .register(registry);
    }

    private void count(String name, String bridge) {
        registry.counter(name, BRIDGE, bridge).increment();
    }

    @Override
    public void in(String bridge) {
        count("realtime.bridge.in", bridge);
    }

    @Override
    public void out(String bridge) {
        count("realtime.bridge.out", bridge);
    }

    @Override
    public void echo(String bridge) {
        count("realtime.bridge.echoes", bridge);
    }

    @Override
    public void refused(String bridge, FailureCode code) {
        registry.counter("realtime.bridge.refused", BRIDGE, bridge, "code", code.code())
                .increment();
    }

    @Override
    public void dropped(String bridge) {
        count("realtime.bridge.dropped", bridge);
    }

    @Override
    public void lost(String bridge) {
        count("realtime.bridge.lost", bridge);
    }
}
