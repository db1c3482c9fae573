package io.socle.realtime.gateway.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Whether this node may still take itself for the holder of its slot: it has to read back its own heartbeats. The time
 * that counts is when the newest one read back was sent, so that neither clocks of others nor old records of the log
 * prolong it. Safe for use by all threads.
 */
final class SlotLease {
    private final long leaseNanos;
    private final LongSupplier nanoClock;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long sequence;
    private long provenAt;

    private record Sent(long sequence, long at) {}

    /** Begins with a claim that the log has just taken. */
    SlotLease(Duration lease, LongSupplier nanoClock) {
        this.leaseNanos = lease.toNanos();
        this.nanoClock = nanoClock;
        this.provenAt = nanoClock.getAsLong();
    }

    /** The number of a heartbeat that is about to be sent. */
    synchronized long next() {
        sequence++;
        sent.addLast(new Sent(sequence, nanoClock.getAsLong()));
        return sequence;
    }

    /** A heartbeat of this incarnation was read. */
    synchronized void readBack(long number) {
        while (!sent.isEmpty() && sent.getFirst().sequence() <= number) {
            provenAt = sent.removeFirst().at();
        }
    }

    synchronized boolean isOver() {
        return nanoClock.getAsLong() - provenAt > leaseNanos;
    }
}
