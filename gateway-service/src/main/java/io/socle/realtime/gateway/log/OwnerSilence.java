package io.socle.realtime.gateway.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Notices partitions that nothing was heard of: an owner tells a watermark each second to every node whose interest it
 * knows, so silence means that it forgot this node, or is away. Safe for use by all threads.
 */
final class OwnerSilence {
    private final AtomicLongArray lastHeard;
    private final long limitNanos;
    private final LongSupplier nanoClock;

    OwnerSilence(int partitions, Duration limit, LongSupplier nanoClock) {
        this.limitNanos = limit.toNanos();
        this.nanoClock = nanoClock;
        this.lastHeard = new AtomicLongArray(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            heard(partition);
        }
    }

    void heard(int partition) {
        lastHeard.set(partition, nanoClock.getAsLong());
    }

    /** Names each partition that was silent for the limit; the same one again only after as long. */
    void check(IntConsumer silent) {
        long now = nanoClock.getAsLong();
        for (int partition = 0; partition < lastHeard.length(); partition++) {
            if (now - lastHeard.get(partition) > limitNanos) {
                lastHeard.set(partition, now);
                silent.accept(partition);
            }
        }
    }
}
