package io.socle.realtime.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A fault proxy before each gateway of a suite, also before those that come later. Safe for use by several threads. */
final class Doors implements Way {
    private final SuiteProcesses processes;
    private final Map<Integer, FaultProxy> byGateway = new ConcurrentHashMap<>();
    private final Set<Integer> extra = ConcurrentHashMap.newKeySet();
    private final AtomicInteger clients = new AtomicInteger();

    Doors(SuiteProcesses processes) {
        this.processes = processes;
    }

    /** Answers another gateway's door each time, whether that gateway is well or not. */
    @Override
    public IntSupplier forClient() {
        var turn = new AtomicInteger(clients.getAndIncrement());
        return () -> {
            var gateways = new ArrayList<>(processes.gatewayPorts());
            gateways.addAll(extra);
            int gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
            return byGateway.computeIfAbsent(gateway, FaultProxy::start).port();
        };
    }

    /** There is one more gateway, which the supervisor does not know. */
    void alsoAt(int port) {
        extra.add(port);
    }

    void notAt(int port) {
        extra.remove(port);
    }

    List<FaultProxy> proxies() {
        return List.copyOf(byGateway.values());
    }

    @Override
    public void close() {
        proxies().forEach(FaultProxy::close);
    }
}
