package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one ephemeral channel; whoever uses it holds its monitor. */
final class Route {
    /** Most messages that wait for the owner's first word; then the oldest is dropped. */
    static final int WAITING = 100;
    /** How long a message may wait for it. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final int partition;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(1);
    private @Nullable List<NodeLife> nodes;
    /** Whether the owner tells of changes to what is known. */
    private boolean sure;

    private boolean asked;
    private long askedAt;
    private long usedAt;
    private boolean removed;

    private record Waiting(byte[] delivery, long since) {}

    Route(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    /** A message is to be sent; returns whether the owner is to be asked. */
    boolean use(long now) {
        usedAt = now;
        if (sure || (asked && now - askedAt < Routes.ASK_AGAIN.toNanos())) {
            return false;
        }
        asked = true;
        askedAt = now;
        return true;
    }

    /** Who wants it, as far as is known; null where nothing is yet. Of doubtful ones too: they are mostly right. */
    @Nullable
    List<NodeLife> nodes() {
        return nodes;
    }

    /** Keeps a message until it is known who wants it. */
    void keep(byte[] delivery, long now, EphemeralMetrics metrics) {
        if (waiting.size() == WAITING) {
            waiting.removeFirst();
            metrics.dropped(EphemeralMetrics.Dropped.ROUTE_UNKNOWN);
        }
        waiting.addLast(new Waiting(delivery, now));
    }

    /** Takes the owner's word; returns what has waited for it. */
    List<byte[]> learn(List<NodeLife> now, long nanos, EphemeralMetrics metrics) {
        nodes = now;
        sure = true;
        List<byte[]> kept = new ArrayList<>();
        for (Waiting each : waiting) {
            if (nanos - each.since() <= LONGEST_WAIT.toNanos()) {
                kept.add(each.delivery());
            } else {
                metrics.dropped(EphemeralMetrics.Dropped.ROUTE_UNKNOWN);
            }
        }
        waiting.clear();
        return kept;
    }

    /** What is known may have changed: the next message asks. */
    void doubt() {
        sure = false;
        asked = false;
    }

    /** Ends it where it was not used for long. */
    boolean removeIfIdle(long now) {
        removed = removed || now - usedAt >= Routes.IDLE.toNanos();
        return removed;
    }

    boolean isRemoved() {
        return removed;
    }
}
