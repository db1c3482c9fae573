package io.socle.realtime.gateway.hub;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one node for what waits to be written to all its links, and for pages that are on their way to them. The
 * bound of a single link does not bound thousands of slow ones. Safe for use by all event loops.
 */
public final class OutboxBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** @param most bytes */
    public OutboxBudget(long most) {
        this.most = most;
    }

    /** Takes so many bytes if they are left. */
    boolean reserve(long bytes) {
        long after = used.addAndGet(bytes);
        if (after > most) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Takes so many bytes in any case: they are in memory already. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Whether more than half is taken: then who does not read is in the way of those who do. */
    boolean isShort() {
        return used.get() > most / 2;
    }

    /** Bytes taken at present. */
    public long used() {
        return used.get();
    }
}
