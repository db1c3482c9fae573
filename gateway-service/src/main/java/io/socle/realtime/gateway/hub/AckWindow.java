package io.socle.realtime.gateway.hub;

import java.util.ArrayDeque;

/** What one subscription was sent and has not acknowledged: at most so many messages, or no account of it (clause WS-16). */
final class AckWindow {
    private final int most;
    private final ArrayDeque<Long> unacknowledged = new ArrayDeque<>();

    /**
     * Makes it.
     *
     * @param most 0 where there is no window
     */
    AckWindow(int most) {
        this.most = most;
    }

    boolean isFull() {
        return most > 0 && unacknowledged.size() >= most;
    }

    void sent(long offset) {
        if (most > 0) {
            unacknowledged.add(offset);
        }
    }

    /** The client has everything up to an offset. */
    void acknowledged(long offset) {
        while (!unacknowledged.isEmpty() && unacknowledged.peekFirst() <= offset) {
            unacknowledged.removeFirst();
        }
    }

    void clear() {
        unacknowledged.clear();
    }
}
