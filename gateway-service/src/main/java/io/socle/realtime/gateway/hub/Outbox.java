package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one link, bounded in messages and bytes. While the link is writable nothing waits: writes
 * go through. Confined to the link's event loop.
 */
public final class Outbox {
    private final Link link;
    private final OutboxLimits limits;
    private final OutboxBudget budget;
    private final LinkedHashMap<Object, Entry> waiting = new LinkedHashMap<>();
    private int messages;
    private int controls;
    private long bytes;
    private long replyBytes;
    private long written;
    private boolean unflushed;

    /**
     * One thing to write.
     *
     * @param subscription whose position it moves; null for a reply
     * @param place the subscription's place after it; meaningless without a subscription
     */
    private record Entry(
            @Nullable Subscription subscription,
            @Nullable SharedMessage message,
            @Nullable ServerFrame control,
            @Nullable String cursor,
            long place) {
        int size() {
            if (message != null) {
                return message.size();
            }
            return control instanceof ServerFrame.HistoryPage page ? sizeOf(page) : 0;
        }

        private static int sizeOf(ServerFrame.HistoryPage page) {
            int size = 0;
            for (ServerFrame.HistoryItem item : page.items()) {
                size += item instanceof ServerFrame.HistoryItem.Message(var kept) ? SharedMessage.sizeOf(kept) : 0;
            }
            return size;
        }
    }

    private record CollapseKey(Subscription subscription, String key) {}

    public Outbox(Link link, OutboxLimits limits, OutboxBudget budget) {
        this.link = link;
        this.limits = limits;
        this.budget = budget;
    }

    /** Writes or queues a reply or another push that moves no subscription. */
    public void push(ServerFrame frame) {
        if (link.takesReplies()) {
            unflushed = true;
            link.push(frame);
        } else {
            add(new Entry(null, null, frame, null, 0));
        }
    }

    /** Writes or queues a push after everything that the subscription has in the queue. */
    void push(Subscription subscription, long place, ServerFrame frame) {
        add(new Entry(subscription, null, frame, null, place));
    }

    /** Queues an item of a page: pages are asked for only when the queue is empty, so they are always taken. */
    void pageItem(Subscription subscription, SharedMessage message, @Nullable String cursor, long place) {
        add(new Entry(subscription, message, null, cursor, place));
    }

    /** Writes or queues a live message; false where that would pass a limit, and then nothing has changed. */
    boolean offer(Subscription subscription, SharedMessage message, @Nullable String cursor, long place) {
        Entry entry = new Entry(subscription, message, null, cursor, place);
        if (isOpen()) {
            write(entry);
            return true;
        }
        Object key = key(subscription, message);
        Entry replaced = waiting.remove(key);
        if (replaced != null) {
            forget(replaced);
        }
        if (messages >= limits.messages() || bytes + entry.size() > limits.bytes() || !budget.reserve(entry.size())) {
            return false;
        }
        put(key, entry);
        return true;
    }

    private static Object key(Subscription subscription, SharedMessage message) {
        String collapse = message.message().offline().collapseKey();
        return subscription.conflates() && collapse != null ? new CollapseKey(subscription, collapse) : new Object();
    }

    /** Takes the oldest waiting message of a subscription that accepts loss out; null if there is none. */
    @Nullable
    Subscription dropOldest() {
        Iterator<Entry> entries = waiting.values().iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            Subscription subscription = entry.subscription();
            if (entry.message() != null && subscription != null && subscription.dropsOldest()) {
                entries.remove();
                forget(entry);
                subscription.dropped(entry.message(), entry.place(), entry.cursor());
                return subscription;
            }
        }
        return null;
    }

    /** Whether the client asks for more than it reads: too many replies wait. */
    public boolean repliesOverflow() {
        return controls > limits.controls() || replyBytes > OutboxLimits.REPLY_BYTES;
    }

    boolean follows() {
        return link.follows();
    }

    void reached(Subscription subscription, String place) {
        link.reached(subscription.name(), place);
    }

    /** How many things were written to the link so far. */
    long written() {
        return written;
    }

    /** Whether what is added now is written at once. */
    boolean isOpen() {
        return waiting.isEmpty() && link.writable();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Writes what waits, as far as the link takes it. */
    public void drain() {
        while (!waiting.isEmpty() && link.writable()) {
            Entry entry = waiting.pollFirstEntry().getValue();
            forget(entry);
            write(entry);
        }
        flush();
    }

    /** Sends what was written since the last flush. */
    public void flush() {
        if (unflushed) {
            unflushed = false;
            link.flush();
        }
    }

    /** Drops everything: the link is gone. */
    void clear() {
        budget.release(bytes + replyBytes);
        waiting.clear();
        messages = 0;
        controls = 0;
        bytes = 0;
        replyBytes = 0;
    }

    private void add(Entry entry) {
        if (isOpen()) {
            write(entry);
        } else {
            budget.take(entry.size());
            put(new Object(), entry);
        }
    }

    private void put(Object key, Entry entry) {
        waiting.put(key, entry);
        count(entry, 1);
    }

    private void forget(Entry entry) {
        count(entry, -1);
        budget.release(entry.size());
    }

    private void count(Entry entry, int sign) {
        if (entry.message() == null) {
            controls += sign;
            replyBytes += (long) sign * entry.size();
        } else {
            messages += sign;
            bytes += (long) sign * entry.size();
        }
    }

    private void write(Entry entry) {
        unflushed = true;
        written++;
        Subscription subscription = entry.subscription();
        if (subscription == null) {
            writeControl(entry);
        } else if (!subscription.isEnded()) {
            writeInOrder(entry, subscription);
        }
    }

    private void writeInOrder(Entry entry, Subscription subscription) {
        SharedMessage message = entry.message();
        if (message == null) {
            subscription.accountFor(entry.place(), link);
            writeControl(entry);
        } else {
            subscription.accountFor(entry.place() - 1, link);
            if (subscription.wasDelivered(entry.place())) {
                link.redelivered(subscription.name(), message);
            } else {
                link.message(subscription.name(), entry.cursor(), message);
            }
            subscription.wrote(entry.place());
        }
    }

    private void writeControl(Entry entry) {
        if (entry.control() != null) {
            link.push(entry.control());
        }
    }
}
