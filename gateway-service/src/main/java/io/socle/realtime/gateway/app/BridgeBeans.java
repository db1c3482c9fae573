package io.socle.realtime.gateway.app;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.bridge.BridgeSettings;
import io.socle.realtime.gateway.bridge.Bridges;
import io.socle.realtime.gateway.bridge.NameMapping;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridges' part of the configuration, and of the node's life. */
@ApplicationScoped
public class BridgeBeans {
    /** After the node has taken its place in the cluster. */
    private static final int LATE = 6_000;

    private static final int PORT = 1_883;
    private static final int TLS_PORT = 8_883;

    private final Bridges bridges;

    BridgeBeans(
            GatewayConfig config,
            Vertx vertx,
            Connections connections,
            Requests requests,
            ClientSessions sessions,
            BridgeMeters meters,
            TlsConfigurationRegistry tls) {
        try {
            List<BridgeSettings> settings = config.bridges().entrySet().stream()
                    .map(bridge -> settings(bridge.getKey(), bridge.getValue()))
                    .toList();
            var doors = new Bridges.Doors(connections, requests, sessions);
            this.bridges = new Bridges(settings, vertx, doors, meters, (name, options) -> secure(tls, name, options));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The bridges are not configured well: " + e.getMessage(), e);
        }
    }

    private static void secure(TlsConfigurationRegistry tls, String name, NetClientOptions options) {
        TlsConfiguration found = tls.get(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("realtime.bridges.*.tls: there is no TLS configuration '"
                                + name + "'; its keys begin with quarkus.tls." + name));
        options.setSsl(true);
        TlsConfigUtils.configure(options, found);
        // The library's default is to believe any host that has some certificate.
        String algorithm = found.getHostnameVerificationAlgorithm().orElse("HTTPS");
        options.setHostnameVerificationAlgorithm(algorithm.equals("NONE") ? "" : algorithm);
    }

    private static BridgeSettings settings(String name, BridgeConfig config) {
        boolean secure = config.tls().isPresent();
        var remote = new BridgeSettings.Remote(
                config.host(),
                config.port().orElse(secure ? TLS_PORT : PORT),
                config.tls(),
                config.username(),
                config.password(),
                config.clientId().orElse("realtime-" + name),
                config.keepAlive(),
                config.reconnect());
        BridgeConfig.In in = config.in();
        BridgeConfig.Out out = config.out();
        List<ChannelFilter> incoming = filters("realtime.bridges." + name + ".in.filters", in.filters());
        List<ChannelFilter> outgoing = filters("realtime.bridges." + name + ".out.filters", out.filters());
        return new BridgeSettings(
                name,
                remote,
                config.subject().orElse("bridge:" + name),
                incoming.isEmpty()
                        ? null
                        : new BridgeSettings.In(
                                incoming, names(in.strip(), in.prefix()), in.qos(), in.retain(), in.inFlight()),
                outgoing.isEmpty()
                        ? null
                        : new BridgeSettings.Out(
                                outgoing, names(out.strip(), out.prefix()), out.qos(), out.retain(), out.inFlight()));
    }

    private static NameMapping names(Optional<String> strip, Optional<String> prefix) {
        return new NameMapping(strip.orElse(""), prefix.orElse(""));
    }

    private static List<ChannelFilter> filters(String key, Optional<List<String>> configured) {
        List<ChannelFilter> filters = new ArrayList<>();
        for (String filter : configured.orElse(List.of())) {
            try {
                filters.add(new ChannelFilter(filter));
            } catch (InvalidValueException e) {
                throw new IllegalArgumentException(key + ": '" + filter + "': " + e.getMessage(), e);
            }
        }
        return filters;
    }

    void start(@Observes @Priority(LATE) StartupEvent event) {
        bridges.start();
    }

    /** While other gateways can still be told by the log. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        bridges.stop();
    }

    /** Where there was no delay: before the log is left. */
    void stop(@Observes @Priority(0) ShutdownEvent event) {
        bridges.stop();
    }

    Map<String, String> states() {
        return bridges.states();
    }
}
