package io.socle.realtime.e2e.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its client keeps it over its links: what it selects, and from where it goes on. The place of a durable
 * one, which has one channel, is kept by the server.
 */
final class Checkpoint {
    private final String subscription;
    private final Set<String> channels;
    private final @Nullable String filter;
    private final boolean durable;
    private final Map<String, Long> offsets = new HashMap<>();
    private String cursor = "";
    private boolean stands;
    private boolean catchingUp;

    /** With a filter it is subscribed to that, which must select exactly these channels of the run. */
    Checkpoint(String subscription, Set<String> channels, @Nullable String filter) {
        this.subscription = subscription;
        this.channels = Set.copyOf(channels);
        this.filter = filter;
        this.durable = false;
    }

    private Checkpoint(String subscription, String channel) {
        this.subscription = subscription;
        this.channels = Set.of(channel);
        this.filter = null;
        this.durable = true;
    }

    static Checkpoint durable(String subscription, String channel) {
        return new Checkpoint(subscription, channel);
    }

    boolean isDurable() {
        return durable;
    }

    String subscription() {
        return subscription;
    }

    Set<String> channels() {
        return channels;
    }

    @Nullable
    String filter() {
        return filter;
    }

    /** Where it goes on; empty where it begins anew. */
    synchronized String cursor() {
        return cursor;
    }

    synchronized void moveTo(String to) {
        if (!to.isEmpty() && !durable) {
            cursor = to;
        }
    }

    synchronized void forget() {
        cursor = "";
    }

    synchronized void got(String channel, long offset) {
        offsets.merge(channel, offset, Math::max);
    }

    synchronized void begins() {
        catchingUp = durable || !cursor.isEmpty();
    }

    synchronized void stands(boolean now) {
        stands = now;
    }

    synchronized void caughtUp() {
        catchingUp = false;
    }

    synchronized boolean stands() {
        return stands;
    }

    /** Whether it stands and has everything up to these offsets. */
    synchronized boolean has(Map<String, Long> heads) {
        return stands
                && !catchingUp
                && channels.stream()
                        .allMatch(channel -> offsets.getOrDefault(channel, 0L) >= heads.getOrDefault(channel, 0L));
    }
}
