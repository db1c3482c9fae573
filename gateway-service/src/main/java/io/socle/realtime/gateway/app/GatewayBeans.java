package io.socle.realtime.gateway.app;

import io.opentelemetry.api.OpenTelemetry;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.auth.TokenVerifier;
import io.socle.realtime.gateway.connection.ConnectionRegistry;
import io.socle.realtime.gateway.connection.ConnectionSettings;
import io.socle.realtime.gateway.connection.HistoryReader;
import io.socle.realtime.gateway.connection.LogDurables;
import io.socle.realtime.gateway.connection.LogPresence;
import io.socle.realtime.gateway.connection.LogRequests;
import io.socle.realtime.gateway.connection.LogSessions;
import io.socle.realtime.gateway.connection.LogShared;
import io.socle.realtime.gateway.connection.Publisher;
import io.socle.realtime.gateway.connection.Tracing;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.ephemeral.EphemeralPublisher;
import io.socle.realtime.gateway.ephemeral.Routes;
import io.socle.realtime.gateway.hub.Hubs;
import io.socle.realtime.gateway.hub.OutboxBudget;
import io.socle.realtime.gateway.hub.OutboxLimits;
import io.socle.realtime.gateway.log.LogConnection;
import io.socle.realtime.gateway.log.LogSettings;
import io.socle.realtime.gateway.pressure.ChannelCeilings;
import io.socle.realtime.gateway.pressure.Pressure;
import io.socle.realtime.gateway.pressure.PressureLimits;
import io.socle.realtime.gateway.session.OpenMode;
import io.socle.realtime.gateway.session.SessionLimits;
import io.socle.realtime.gateway.transport.spi.DurableRequests;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the gateway together from its plain parts. */
@ApplicationScoped
public class GatewayBeans {
    /** Outboxes may take up to a quarter of the heap: what waits is held as message and as rendering. */
    private static final int HEAP_SHARE_OF_OUTBOXES = 4;

    private final GatewayConfig config;

    GatewayBeans(GatewayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    TransportSettings transportSettings() {
        GatewayConfig.Limits limits = config.limits();
        return new TransportSettings(
                limits.frameBytes(),
                limits.writeBufferBytes(),
                config.websocket().echo().enabled(),
                config.websocket().compression().enabled(),
                limits.batch(),
                limits.sseSubscriptions());
    }

    @Produces
    @Singleton
    SessionLimits sessionLimits() {
        GatewayConfig.Limits limits = config.limits();
        return new SessionLimits(
                limits.frameBytes(),
                limits.dataBytes(),
                limits.subscriptions(),
                limits.inFlight(),
                config.timing().connect(),
                config.timing().heartbeat());
    }

    @Produces
    @Singleton
    OpenMode openMode() {
        try {
            List<ChannelFilter> denied = config.openDenied().orElse(List.of()).stream()
                    .map(ChannelFilter::new)
                    .toList();
            return new OpenMode(config.open(), denied);
        } catch (InvalidValueException e) {
            throw new IllegalStateException("realtime.open-denied has what is no filter: " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    Tracing tracing(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        // A disabled SDK still makes spans that nobody sees; without them a client's own trace passes through
        // unchanged.
        OpenTelemetry used = disabled ? OpenTelemetry.noop() : telemetry;
        return new Tracing(used.getTracer("io.socle.realtime.gateway"));
    }

    @Produces
    @Singleton
    LogConnection log(
            Tracing tracing,
            Pressure pressure,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092") String kafka) {
        LogSettings settings = new LogSettings(
                kafka,
                config.topicPrefix(),
                config.gateway().slot(),
                config.gateway().node().orElseGet(GatewayBeans::hostName),
                config.gateway().lease(),
                config.limits().nodeInFlight(),
                config.timing().decision());
        return new LogConnection(settings, tracing::deliver, pressure);
    }

    @Produces
    @Singleton
    OutboxBudget outboxBudget(GatewayMetrics metrics) {
        long most = config.limits()
                .nodeOutboxBytes()
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_OUTBOXES);
        OutboxBudget budget = new OutboxBudget(most);
        metrics.outboxes(budget);
        return budget;
    }

    @Produces
    @Singleton
    Hubs hubs(
            LogConnection log,
            GatewayMetrics metrics,
            Vertx vertx,
            OutboxBudget budget,
            EphemeralNamespaces ephemeral) {
        return new Hubs(
                log,
                metrics,
                InstantSource.system(),
                (loop, delay, task) -> runLater(vertx, loop, delay, task),
                budget,
                ephemeral);
    }

    private static void runLater(Vertx vertx, Executor loop, Duration delay, Runnable task) {
        vertx.setTimer(delay.toMillis(), any -> loop.execute(task));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }

    @Produces
    @Singleton
    Pressure pressure() {
        GatewayConfig.Limits limits = config.limits();
        return new Pressure(
                new PressureLimits(limits.publishWait(), limits.publishLag()),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Produces
    @Singleton
    EphemeralNamespaces ephemeralNamespaces() {
        return new EphemeralNamespaces(config.namespaces().entrySet().stream()
                .filter(namespace -> namespace.getValue().ephemeral())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    @Produces
    @Singleton
    HistoryReader historyReader(LogConnection log, EphemeralNamespaces ephemeral) {
        return new HistoryReader(log, ephemeral);
    }

    @Produces
    @Singleton
    Routes routes(LogConnection log, GatewayMetrics metrics) {
        int slot = config.gateway().slot();
        return new Routes(slot, log, log.peers(), Routes.CHANNELS, System::nanoTime, metrics);
    }

    @Produces
    @Singleton
    EphemeralPublisher ephemeralPublisher(
            EphemeralNamespaces namespaces,
            LogConnection log,
            Routes routes,
            Hubs hubs,
            Tracing tracing,
            GatewayMetrics metrics) {
        return new EphemeralPublisher(namespaces, log, routes, hubs, tracing::deliver, InstantSource.system(), metrics);
    }

    @Produces
    @Singleton
    Publisher publisher(LogConnection log, EphemeralPublisher ephemeral, Tracing tracing, GatewayMetrics metrics) {
        int fallback = config.limits().channelRate();
        Map<String, Integer> byNamespace = new HashMap<>();
        config.namespaces()
                .forEach((name, namespace) ->
                        byNamespace.put(name, namespace.channelRate().orElse(fallback)));
        var ceilings = new ChannelCeilings(byNamespace, fallback, System::nanoTime);
        var lag = new Publisher.Lag(config.limits().publishLag(), System::nanoTime);
        return new Publisher(log, ephemeral, tracing, ceilings, lag, metrics);
    }

    @Produces
    @Singleton
    ConnectionRegistry connections(
            LogConnection log,
            Hubs hubs,
            TokenVerifier verifier,
            Publisher publisher,
            HistoryReader history,
            LogPresence presence,
            Pressure pressure,
            SessionLimits session,
            OpenMode openMode,
            GatewayMetrics metrics) {
        GatewayConfig.Limits limits = config.limits();
        var outbox = new OutboxLimits(limits.outboxMessages(), limits.outboxBytes(), limits.outboxControls());
        var settings = new ConnectionSettings(session, outbox, config.timing().ack(), openMode);
        return new ConnectionRegistry(
                settings, log, hubs, verifier, publisher, history, presence, pressure, metrics, InstantSource.system());
    }

    @Produces
    @Singleton
    LogSessions sessions(LogConnection log, Vertx vertx, EphemeralNamespaces ephemeral) {
        return new LogSessions(log, (loop, delay, task) -> runLater(vertx, loop, delay, task), ephemeral);
    }

    @Produces
    @Singleton
    DurableRequests durables(LogConnection log, Hubs hubs, Vertx vertx) {
        return new LogDurables(
                log,
                hubs,
                () -> ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop(),
                (loop, delay, task) -> runLater(vertx, loop, delay, task));
    }

    @Produces
    @Singleton
    SharedSubscriptions shared(LogConnection log, Hubs hubs, EphemeralNamespaces ephemeral) {
        return new LogShared(log, hubs, ephemeral);
    }

    @Produces
    @Singleton
    LogPresence presence(LogConnection log) {
        return new LogPresence(log);
    }

    @Produces
    @Singleton
    Requests requests(
            SessionLimits limits, Publisher publisher, LogConnection log, HistoryReader history, LogPresence presence) {
        return new LogRequests(limits, log, publisher, history, presence, InstantSource.system());
    }
}
