package io.socle.realtime.e2e.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What clients saw, in the order in which it was written down. A client writes down what it sends before it sends it, and
 * what it got after it got it, so that an entry before another means "happened before" also between clients. Safe for use
 * by several threads.
 */
public final class History {
    private final LongSupplier nanoClock;
    private final List<Entry> entries = new ArrayList<>();

    public History() {
        this(System::nanoTime);
    }

    History(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** An event, when it was written down and by which client. */
    public record Entry(long nanos, String client, Event event) {}

    public synchronized void add(String client, Event event) {
        entries.add(new Entry(nanoClock.getAsLong(), client, event));
    }

    /** All entries so far. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
