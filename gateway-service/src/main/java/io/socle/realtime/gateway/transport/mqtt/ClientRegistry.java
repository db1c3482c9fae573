package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.gateway.session.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to this node under which client identifier, and the wills of those who have just gone. Identifiers of
 * different subjects are apart, so nobody takes over another's client (clause MQT-5). Safe for use by all event loops.
 */
final class ClientRegistry {
    /** Most wills that wait; what would be one more is published at once. */
    private static final int WAITING_WILLS = 10_000;

    private final Map<Key, Attached> attached = new ConcurrentHashMap<>();
    private final Map<Key, Waiting> wills = new ConcurrentHashMap<>();

    record Key(String subject, String clientId) {
        static Key of(Principal principal, String clientId) {
            return new Key(principal.subject(), clientId);
        }
    }

    /** A connection that can be told that a later one has its client identifier; called on any thread. */
    interface Attached {
        /** The other one begins a new session where {@code cleanStart}, and so ends this one's. */
        void takenOver(boolean cleanStart);
    }

    private record Waiting(Runnable publish, ScheduledFuture<?> timer) {}

    /** A client connects: whoever had its identifier is told, and its waiting will is called off, or due where the session ends. */
    void attach(Key key, Attached connection, boolean cleanStart) {
        Attached before = attached.put(key, connection);
        if (before != null) {
            before.takenOver(cleanStart);
        }
        Waiting will = wills.remove(key);
        if (will != null && will.timer().cancel(false) && cleanStart) {
            will.publish().run();
        }
    }

    /** A connection is gone; returns whether it still had its identifier. */
    boolean detach(Key key, Attached connection) {
        return attached.remove(key, connection);
    }

    /**
     * A will waits (MQTT 5 section 3.1.3.2.2).
     *
     * @param timers begins the delay; the task it is given is run when that is over
     */
    void delay(Key key, Runnable publish, Function<Runnable, ScheduledFuture<?>> timers) {
        if (wills.size() >= WAITING_WILLS) {
            publish.run();
            return;
        }
        ScheduledFuture<?> timer = timers.apply(() -> {
            wills.remove(key);
            publish.run();
        });
        @Nullable Waiting before = wills.put(key, new Waiting(publish, timer));
        if (before != null && before.timer().cancel(false)) {
            before.publish().run();
        }
        if (attached.containsKey(key) && wills.remove(key) != null) {
            // It came back in between.
            timer.cancel(false);
        }
    }
}
