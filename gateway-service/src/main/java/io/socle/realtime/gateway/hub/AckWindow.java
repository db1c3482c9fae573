package io.socle.realtime.gateway.hub;

import java.util.ArrayDeque;

/** The messages sent and not acknowledged, at most as many as the client asked for (clause WS-16). */
final class AckWindow {
    private final int most;
    private final ArrayDeque<Long> unacked = new ArrayDeque<>();

    /** @param most messages beyond the last acknowledgement; 0 for no window, which is never full */
    AckWindow(int most) {
        this.most = most;
    }

    boolean isFull() {
        return most > 0 && unacked.size() >= most;
    }

    void sent(long offset) {
        if (most > 0) {
            unacked.add(offset);
        }
    }

    void acknowledged(long through) {
        while (!unacked.isEmpty() && unacked.peekFirst() <= through) {
            unacked.removeFirst();
        }
    }

    void clear() {
        unacked.clear();
    }
}
