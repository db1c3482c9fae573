package io.socle.realtime.channel.core;

/** How much one command may still give out to members of shared subscriptions; effects are paged by it. */
final class SharedTurn {
    private int messages;
    private int bytes = SharedBounds.BYTES_AT_ONCE;
    private int scans;

    SharedTurn(SharedBounds bounds) {
        this.messages = bounds.messagesAtOnce();
        this.scans = bounds.scannedAtOnce();
    }

    void gave(int size) {
        messages--;
        bytes -= size;
    }

    /** Counts something that was looked at. */
    void scanned() {
        scans--;
    }

    boolean isSpent() {
        return messages <= 0 || bytes <= 0 || scans <= 0;
    }
}
