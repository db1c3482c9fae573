package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.message.Limits;

/** How much more one page may hold: the reader's credit, at least one item, at most the protocol's limits. */
final class Allowance {
    private int items;
    private int bytes;
    private int scans = Bounds.SCANNED_PER_READ;
    private boolean empty = true;

    Allowance(Read.Credit credit) {
        this.items = Math.clamp(credit.items(), 1, Limits.PAGE_ITEMS);
        this.bytes = Math.clamp(credit.bytes(), 1, Limits.PAGE_BYTES);
    }

    /** Whether an item of so many bytes fits; the first always does, however large. */
    boolean fits(int size) {
        return items > 0 && (empty || size <= bytes);
    }

    void take(int size) {
        items--;
        bytes -= size;
        empty = false;
    }

    /** Counts an entry that was looked at. */
    void scanned() {
        scans--;
    }

    boolean isUsedUp() {
        return items <= 0 || bytes <= 0 || scans <= 0;
    }
}
