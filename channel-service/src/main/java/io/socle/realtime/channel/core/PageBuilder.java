package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;

/** Fills a page within its allowance; runs of offsets that are not owed become one item. */
final class PageBuilder {
    private final List<PageItem> items = new ArrayList<>();
    private final Allowance allowance;
    private final long now;
    private final boolean withExpired;

    PageBuilder(Read.Credit credit, long now) {
        this(credit, now, false);
    }

    /**
     * Makes an empty one.
     *
     * @param withExpired whether what has expired by now is owed all the same
     */
    PageBuilder(Read.Credit credit, long now, boolean withExpired) {
        this.allowance = new Allowance(credit);
        this.now = now;
        this.withExpired = withExpired;
    }

    List<PageItem> items() {
        return List.copyOf(items);
    }

    boolean isFull() {
        return allowance.isUsedUp();
    }

    void lost(long from, long to) {
        items.add(new PageItem.Lost(from, to));
        allowance.take(0);
    }

    /** Adds the next offset, up or down; answers whether it fitted. */
    boolean add(long offset, HistoryEntry entry) {
        allowance.scanned();
        RealtimeMessage message = withExpired ? entry.message() : entry.owedAt(now);
        if (message == null) {
            return skip(offset);
        }
        int size = Sizes.of(message);
        if (!allowance.fits(size)) {
            return false;
        }
        items.add(new PageItem.Message(message));
        allowance.take(size);
        return true;
    }

    private boolean skip(long offset) {
        if (!items.isEmpty() && items.getLast() instanceof PageItem.Skipped run) {
            items.removeLast();
            items.add(new PageItem.Skipped(Math.min(run.from(), offset), Math.max(run.to(), offset)));
        } else {
            items.add(new PageItem.Skipped(offset, offset));
            allowance.take(0);
        }
        return true;
    }
}
