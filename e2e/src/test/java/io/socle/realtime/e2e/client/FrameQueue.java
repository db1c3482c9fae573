package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.ServerFrame;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Frames that came and were not looked at yet. */
final class FrameQueue {
    private static final String END = "\0end";

    private volatile String ended = "";
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    /** A frame and the event id that came with it; empty where the transport has none. */
    record Item(ServerFrame frame, String id) {}

    void add(ServerFrame frame, String id) {
        items.add(new Item(frame, id));
    }

    /** Nothing more will come: whoever waits is told at once. */
    void end(String why) {
        ended = why;
        items.add(new Item(new ServerFrame.Pong(null), END));
    }

    /** The next frame but heartbeats and word of lag, which may come at any time; fails the test where none comes in time. */
    Item next(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                Item item = items.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (item == null) {
                    throw new AssertionError("no frame came within " + limit);
                }
                if (item.id().equals(END)) {
                    items.add(item);
                    throw new AssertionError("the link has ended: " + ended);
                }
                if (!(item.frame() instanceof ServerFrame.Ping || item.frame() instanceof ServerFrame.Backpressure)) {
                    return item;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a frame", e);
        }
    }
}
