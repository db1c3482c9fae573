package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a durable subscription sends until it is enough for one answer. Confined to its event loop. */
final class PullLink implements Link {
    private final int max;
    private final boolean patient;
    private final Runnable enough;
    private final List<HistoryItem> items = new ArrayList<>();
    private int messages;
    private int redelivered;
    private long bytes;
    private boolean caughtUp;
    private @Nullable String next;

    /**
     * Makes it.
     *
     * @param max most messages
     * @param patient whether to wait for a first message where there is none
     * @param enough run when there is enough; may be run again
     */
    PullLink(int max, boolean patient, Runnable enough) {
        this.max = max;
        this.patient = patient;
        this.enough = enough;
    }

    /** Oldest first. */
    List<HistoryItem> items() {
        return items;
    }

    int redelivered() {
        return redelivered;
    }

    /** The place up to which the items account for everything; null before anything came. */
    @Nullable
    String next() {
        return next;
    }

    private boolean isFull() {
        return messages >= max || bytes >= Limits.PAGE_BYTES;
    }

    @Override
    public boolean writable() {
        return !isFull();
    }

    @Override
    public void push(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Skipped skipped -> {
                items.add(new HistoryItem.Skipped(skipped.from(), skipped.to()));
                next = skipped.to().toString();
            }
            case ServerFrame.Lost lost -> {
                items.add(new HistoryItem.Lost(lost.from(), lost.to()));
                next = lost.to().toString();
            }
            case ServerFrame.CaughtUp end -> {
                next = end.cursor();
                caughtUp = true;
            }
            default -> {}
        }
    }

    @Override
    public void message(String subscription, @Nullable String cursor, SharedMessage message) {
        items.add(new HistoryItem.Message(message.message()));
        messages++;
        bytes += message.size();
        if (message.message().position() != null) {
            next = message.message().position().toString();
        }
    }

    @Override
    public void redelivered(String subscription, SharedMessage message) {
        redelivered++;
        message(subscription, null, message);
    }

    @Override
    public void flush() {
        if (isFull() || (caughtUp && (messages > 0 || !patient))) {
            enough.run();
        }
    }

    @Override
    public void close(Disconnect disconnect) {
        // Nobody but the pull itself ends it.
    }
}
