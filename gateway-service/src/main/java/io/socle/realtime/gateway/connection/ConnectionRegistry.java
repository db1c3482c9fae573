package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.auth.BadTokenException;
import io.socle.realtime.gateway.auth.TokenVerifier;
import io.socle.realtime.gateway.hub.Hubs;
import io.socle.realtime.gateway.log.LogConnection;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.pressure.Pressure;
import io.socle.realtime.gateway.session.Effect;
import io.socle.realtime.gateway.session.Presences;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.session.Session;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All connections of this node, and what they share; safe for use by all event loops. */
public final class ConnectionRegistry implements Connections {
    private static final Logger LOG = Logger.getLogger(ConnectionRegistry.class);

    private final Set<ConnectionDriver> drivers = ConcurrentHashMap.newKeySet();
    private final ConnectionSettings settings;
    private final LogConnection log;
    private final Hubs hubs;
    private final TokenVerifier verifier;
    private final Publisher publisher;
    private final Pressure pressure;
    private final HistoryReader history;
    private final LogRooms rooms;
    private final RoomSecrets roomSecrets = new RoomSecrets();
    private final LogPresence presence;
    private final Departures departures;
    private final AtomicLong holders = new AtomicLong();
    private final ConnectionMetrics metrics;
    private final InstantSource clock;
    private final MessageIds ids = new MessageIds();
    private volatile boolean draining;

    public ConnectionRegistry(
            ConnectionSettings settings,
            LogConnection log,
            Hubs hubs,
            TokenVerifier verifier,
            Publisher publisher,
            HistoryReader history,
            LogPresence presence,
            Pressure pressure,
            LogRooms rooms,
            ConnectionMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.log = log;
        this.hubs = hubs;
        this.verifier = verifier;
        this.publisher = publisher;
        this.pressure = pressure;
        this.history = history;
        this.rooms = rooms;
        this.presence = presence;
        this.departures = new Departures(presence.owners());
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public LinkEvents open(String transport, Link link, Executor loop, @Nullable Principal principal) {
        Principal known = principal == null ? settings.openMode().anonymous() : principal;
        String id = ids.next();
        Session session = new Session(id, settings.session(), known, clock.instant());
        var subscriber = hubs.of(loop).subscriber(link, settings.outbox());
        var driver = new ConnectionDriver(this, id, transport, link, loop, session, subscriber);
        drivers.add(driver);
        metrics.opened(transport);
        if (draining) {
            loop.execute(() -> driver.disconnect(Disconnect.of(FailureCode.SHUTTING_DOWN)));
        }
        return driver;
    }

    void remove(ConnectionDriver driver) {
        if (drivers.remove(driver)) {
            metrics.closed(driver.transport());
        }
    }

    /** Lets each connection see that time has passed; called about once a second. */
    public void tick() {
        departures.tick();
        drivers.forEach(driver -> driver.loop().execute(driver::tick));
    }

    /** Looks where publishers wait, and tells those whom a change concerns; called a few times a second. */
    public void checkPressure() {
        List<Pressure.Change> changes = pressure.check();
        changes.forEach(this::record);
        if (!changes.isEmpty()) {
            drivers.forEach(driver -> driver.loop().execute(driver::pressureChanged));
        }
    }

    private void record(Pressure.Change change) {
        LOG.infof(
                "backpressure state=%s partition=%d lagMs=%d undecided=%d",
                change.lagging() ? "on" : "off",
                change.partition(),
                change.lag().toMillis(),
                change.undecided());
        metrics.backpressure(change.lagging());
    }

    /** Ends every connection, as when the node goes away. */
    public void disconnectAll(Disconnect disconnect) {
        drivers.forEach(driver -> driver.loop().execute(() -> driver.disconnect(disconnect)));
    }

    /** Sends all clients elsewhere, wave by wave; returns when each was told. New connections are told at once. */
    public void drain(Drain drain) {
        draining = true;
        long begin = System.nanoTime();
        Deque<ConnectionDriver> remaining = new ArrayDeque<>(drivers);
        while (!remaining.isEmpty()) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            for (int told = drain.next(remaining.size(), elapsed); told > 0; told--) {
                ConnectionDriver driver = remaining.removeFirst();
                driver.loop().execute(() -> driver.disconnect(Disconnect.of(FailureCode.SHUTTING_DOWN)));
            }
            if (!remaining.isEmpty()) {
                LockSupport.parkNanos(Drain.WAVE.toNanos());
            }
        }
    }

    /** Whether the node is going away. */
    public boolean isDraining() {
        return draining;
    }

    public int size() {
        return drivers.size();
    }

    /** Verifies a token off the loop and tells the outcome on it. */
    void verify(String token, Executor loop, Consumer<Principal> good, Consumer<String> bad) {
        verifier.verify(token)
                .whenComplete((principal, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        good.accept(principal);
                    } else {
                        bad.accept(reason(failure));
                    }
                }));
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BadTokenException bad) {
            return bad.getMessage();
        }
        LOG.error("A token could not be verified", cause);
        return "the token could not be verified";
    }

    ConnectionSettings settings() {
        return settings;
    }

    boolean isLogReady() {
        return log.isReady();
    }

    Owners owners() {
        return log;
    }

    Publisher publisher() {
        return publisher;
    }

    /** The partition that owns a channel; only when the log is ready. */
    int partition(ChannelName channel) {
        return log.partition(channel);
    }

    Pressure pressure() {
        return pressure;
    }

    /** What a connection does about presence. */
    ConnectionPresence presence(Presences presences, Executor loop, Consumer<ServerFrame> decided) {
        return new ConnectionPresence(presence, departures, presences, holders.incrementAndGet(), loop, decided);
    }

    HistoryReader history() {
        return history;
    }

    ConnectionRooms rooms(String connection, Executor loop, Session session, Consumer<List<Effect>> run) {
        return new ConnectionRooms(
                rooms, roomSecrets, settings.session().signalsPerSecond(), connection, loop, session, run);
    }

    ConnectionMetrics metrics() {
        return metrics;
    }

    Instant now() {
        return clock.instant();
    }

    String freshId() {
        return ids.next();
    }
}
