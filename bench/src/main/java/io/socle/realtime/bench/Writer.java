package io.socle.realtime.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Publishes over one link with a bounded number of undecided messages, and knows what was acknowledged. */
final class Writer implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Semaphore window;
    private final int most;
    private final WebSocket socket;
    private final AtomicLong ids = new AtomicLong(1);
    private final AtomicLong refused = new AtomicLong();
    private final Map<Long, Sent> undecided = new ConcurrentHashMap<>();
    private final Map<String, Long> heads = new ConcurrentHashMap<>();
    private final Histogram latencyNanos = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    private volatile long lastAck = System.nanoTime();
    private volatile long longestPause;

    private record Sent(String channel, long at) {}

    Writer(Vertx vertx, WebSocketClient client, int port, int most) throws Exception {
        this.most = most;
        this.window = new Semaphore(most);
        this.socket = client.connect(Peer.REALTIME.options(port))
                .toCompletionStage()
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        socket.textMessageHandler(this::take);
        socket.writeTextMessage("{\"type\":\"connect\",\"id\":1}");
    }

    private void take(String frame) {
        if (frame.startsWith("{\"type\":\"published\"")) {
            Sent sent = undecided.remove(Frames.number(frame, "id"));
            if (sent != null) {
                heads.merge(sent.channel(), Frames.offset(Frames.text(frame, "position")), Math::max);
                acknowledged(System.nanoTime(), sent.at());
            }
            window.release();
        } else if (frame.startsWith("{\"type\":\"problem\"")) {
            undecided.remove(Frames.number(frame, "id"));
            refused.incrementAndGet();
            window.release();
        }
    }

    private void acknowledged(long now, long sent) {
        latencyNanos.recordValue(now - sent);
        longestPause = Math.max(longestPause, now - lastAck);
        lastAck = now;
    }

    /** Publishes; waits while the window is full. */
    void publish(String channel, String text) throws InterruptedException, TimeoutException {
        if (!window.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("no answer within " + LIMIT_SECONDS + " s");
        }
        long id = ids.incrementAndGet();
        undecided.put(id, new Sent(channel, System.nanoTime()));
        socket.writeTextMessage("{\"type\":\"publish\",\"id\":" + id + ",\"message\":{\"channel\":\"" + channel
                + "\",\"text\":\"" + text + "\"}}");
    }

    /** Returns when all are decided. */
    void drain() throws InterruptedException, TimeoutException {
        if (!window.tryAcquire(most, LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("not all were answered within " + LIMIT_SECONDS + " s");
        }
        window.release(most);
    }

    /** The highest acknowledged offset of each channel. */
    Map<String, Long> heads() {
        return heads;
    }

    long acknowledged() {
        return latencyNanos.getTotalCount();
    }

    long refused() {
        return refused.get();
    }

    Histogram latency() {
        return latencyNanos;
    }

    /** Longest time between two acknowledgements, in nanoseconds. */
    long longestPause() {
        return longestPause;
    }

    void forget() {
        latencyNanos.reset();
        refused.set(0);
        longestPause = 0;
        lastAck = System.nanoTime();
    }

    @Override
    public void close() {
        socket.close();
    }
}
