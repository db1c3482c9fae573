package io.socle.realtime.gateway.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.connection.ConnectionRegistry;
import io.socle.realtime.gateway.connection.Drain;
import io.socle.realtime.gateway.connection.LogRooms;
import io.socle.realtime.gateway.connection.LogSessions;
import io.socle.realtime.gateway.ephemeral.Routes;
import io.socle.realtime.gateway.hub.Hubs;
import io.socle.realtime.gateway.log.LogConnection;
import io.socle.realtime.gateway.log.LogListeners;
import io.socle.realtime.gateway.log.SlotLoss;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the node and stops it in order: clients are told first, then the log is left. */
@ApplicationScoped
public class GatewayLifecycle {
    private static final long TICK_MS = 1_000;
    private static final long PRESSURE_CHECK_MS = 250;
    private static final long FORGET_ROUTES_MS = 10_000;

    private final GatewayConfig config;
    private final LogConnection log;
    private final Hubs hubs;
    private final Routes routes;
    private final ConnectionRegistry connections;
    private final LogSessions sessions;
    private final LogRooms rooms;
    private final Vertx vertx;
    private final String host;

    GatewayLifecycle(
            GatewayConfig config,
            LogConnection log,
            Hubs hubs,
            Routes routes,
            ConnectionRegistry connections,
            LogSessions sessions,
            LogRooms rooms,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.log = log;
        this.hubs = hubs;
        this.routes = routes;
        this.connections = connections;
        this.sessions = sessions;
        this.rooms = rooms;
        this.vertx = vertx;
        this.host = host;
    }

    void start(@Observes StartupEvent event) {
        refuseOpenBeyondLoopback();
        var loss = new SlotLoss() {
            @Override
            public void fenced() {
                connections.disconnectAll(Disconnect.of(FailureCode.NODE_FENCED));
            }

            @Override
            public void replaced(String by) {
                Quarkus.asyncExit(1);
            }
        };
        log.start(new LogListeners(hubs, routes, sessions, rooms, loss));
        vertx.setPeriodic(FORGET_ROUTES_MS, any -> routes.forgetIdle());
        vertx.setPeriodic(TICK_MS, any -> connections.tick());
        vertx.setPeriodic(PRESSURE_CHECK_MS, any -> connections.checkPressure());
    }

    private void refuseOpenBeyondLoopback() {
        if (config.open() && !isLoopback(host)) {
            throw new IllegalStateException("realtime.open lets everybody in, so it is allowed on loopback only, but"
                    + " quarkus.http.host is " + host);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The last moment at which links are still open. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        GatewayConfig.Drain drain = config.gateway().drain();
        connections.drain(new Drain(drain.perSecond(), drain.limit()));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        log.close();
    }
}
