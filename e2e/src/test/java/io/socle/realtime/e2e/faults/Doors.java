package io.socle.realtime.e2e.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A fault proxy before each gateway of a suite, also before those that come later. Safe for use by several threads. */
final class Doors implements AutoCloseable {
    private final SuiteProcesses processes;
    private final Map<Integer, FaultProxy> byGateway = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();

    Doors(SuiteProcesses processes) {
        this.processes = processes;
    }

    /** For one more client: answers another gateway's door each time, whether that gateway is well or not. */
    IntSupplier inTurn() {
        var turn = new AtomicInteger(clients.getAndIncrement());
        return () -> {
            List<Integer> gateways = processes.gatewayPorts();
            int gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
            return byGateway.computeIfAbsent(gateway, FaultProxy::start).port();
        };
    }

    List<FaultProxy> proxies() {
        return List.copyOf(byGateway.values());
    }

    @Override
    public void close() {
        proxies().forEach(FaultProxy::close);
    }
}
