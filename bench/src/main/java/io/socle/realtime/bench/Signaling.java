package io.socle.realtime.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Pairs of peers that negotiate by the suite: offer, answer, and 20 candidates each. The time of a pair is from the second one's join to the last
 * candidate at both.
 *
 * <p>Arguments: the gateway's port (open mode), pairs, pairs begun in a second; 0 begins all at once.
 */
public final class Signaling {
    private static final int CONNECTING_AT_ONCE = 64;
    private static final long LIMIT_SECONDS = 180;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
    private final Histogram setUpNanos = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS), 3);
    private final List<SignalingPair> pairs = new ArrayList<>();

    private Signaling() {}

    public static void main(String[] arguments) throws InterruptedException, TimeoutException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        Signaling bench = new Signaling();
        bench.connect(port, count);
        double seconds = bench.negotiate(rate);
        bench.print(count, rate, seconds);
        bench.vertx.close();
    }

    private void connect(int port, int count) throws InterruptedException, TimeoutException {
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        CountDownLatch ready = new CountDownLatch(2 * count);
        String run = Long.toString(System.nanoTime(), 36);
        for (int i = 0; i < count; i++) {
            pairs.add(new SignalingPair("bench/" + run + "/" + i, ready));
        }
        for (int i = 0; i < 2 * count; i++) {
            SignalingPair pair = pairs.get(i / 2);
            boolean first = i % 2 == 0;
            connecting.acquire();
            client.connect(Peer.REALTIME.options(port)).onComplete(result -> {
                connecting.release();
                if (result.succeeded()) {
                    pair.connected(first, result.result());
                } else {
                    System.err.println("a connection failed: " + result.cause());
                }
            });
        }
        await(ready, "peers to be there");
    }

    private double negotiate(int rate) throws InterruptedException, TimeoutException {
        CountDownLatch settled = new CountDownLatch(pairs.size());
        long begin = System.nanoTime();
        for (int i = 0; i < pairs.size(); i++) {
            long due = rate == 0 ? begin : begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, due - System.nanoTime()));
            }
            pairs.get(i).begin(nanos -> {
                setUpNanos.recordValue(nanos);
                settled.countDown();
            });
        }
        await(settled, "pairs to settle");
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException, TimeoutException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(latch.getCount() + " are missing of the " + what);
        }
    }

    private void print(int count, int rate, double seconds) {
        System.out.printf(
                "| %d | %s | %.1f | %.1f | %.1f | %.0f |%n",
                count,
                rate == 0 ? "all at once" : rate + " per second",
                setUpNanos.getValueAtPercentile(50) / 1e6,
                setUpNanos.getValueAtPercentile(99) / 1e6,
                seconds,
                count * SignalingPair.COMMANDS / seconds);
    }
}
