package io.socle.realtime.gateway.bridge;

import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All bridges of this node; each has an event loop that it shares with connections. Safe for use by all threads. */
public final class Bridges {
    private static final int ID_BYTES = 9;

    private final List<BridgeSettings> settings;
    private final Map<String, Leadership> leaderships = new LinkedHashMap<>();
    private final List<BridgeLoop> loops = new ArrayList<>();

    /** The gateway's parts that a bridge is a client of. */
    public record Doors(Connections connections, Requests requests, ClientSessions sessions) {}

    /**
     * Makes them; throws IllegalArgumentException, with all findings, where they are not configured well.
     *
     * @param tls adds the TLS configuration of a name to options; throws IllegalArgumentException where there is none
     */
    public Bridges(
            List<BridgeSettings> settings,
            Vertx vertx,
            Doors doors,
            BridgeMetrics metrics,
            BiConsumer<String, NetClientOptions> tls) {
        this.settings = List.copyOf(settings);
        List<String> findings = BridgeRules.findings(settings);
        if (!findings.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", findings));
        }
        for (BridgeSettings bridge : settings) {
            BridgeLoop loop = new VertxLoop(vertx);
            var node = new BridgeNode(loop, doors.connections(), doors.requests(), doors.sessions(), metrics);
            MqttClientSessionOptions options = RemoteBroker.options(bridge.remote());
            bridge.remote().tls().ifPresent(name -> tls.accept(name, options));
            var parts = new BridgeRun.Parts(vertx, options, sameBroker(bridge), ids(bridge.name()));
            Principal who = principal(bridge);
            var leadership =
                    new Leadership(bridge.name(), node, ending -> new BridgeRun(bridge, node, parts, who, ending));
            loops.add(loop);
            leaderships.put(bridge.name(), leadership);
            metrics.observe(bridge.name(), () -> leadership.isUp() ? 1 : 0, () -> leadership.lagMs() / 1_000.0);
        }
    }

    private Set<String> sameBroker(BridgeSettings bridge) {
        return settings.stream()
                .filter(other -> other.remote().isSameBroker(bridge.remote()))
                .map(BridgeSettings::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Supplier<String> ids(String bridge) {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        String start = bridge + '-' + HexFormat.of().formatHex(random) + '-';
        long[] last = {0};
        return () -> {
            last[0]++;
            return start + Long.toString(last[0], Character.MAX_RADIX);
        };
    }

    /** A bridge may do what it is configured for, and nothing else. */
    private static Principal principal(BridgeSettings bridge) {
        BridgeSettings.In in = bridge.in();
        BridgeSettings.Out out = bridge.out();
        List<ChannelFilter> publish = in == null
                ? List.of()
                : in.filters().stream().map(filter -> in.names().apply(filter)).toList();
        List<ChannelFilter> subscribe = out == null ? List.of() : out.filters();
        return new Principal(bridge.subject(), new Capabilities(publish, subscribe, publish, List.of()), null);
    }

    /** Begins; to be called when the node takes its place in the cluster. */
    public void start() {
        forEach(Leadership::start);
    }

    /** Gives all of them back. */
    public void stop() {
        forEach(Leadership::stop);
    }

    private void forEach(Consumer<Leadership> action) {
        List<Leadership> all = List.copyOf(leaderships.values());
        for (int i = 0; i < all.size(); i++) {
            Leadership one = all.get(i);
            loops.get(i).run(() -> action.accept(one));
        }
    }

    /** What to tell of each, by name. */
    public Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        leaderships.forEach((name, leadership) -> states.put(name, leadership.describe()));
        return states;
    }
}
