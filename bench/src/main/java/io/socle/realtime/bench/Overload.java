package io.socle.realtime.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Publishers of one hot channel at 1, 2 and 4 times of what its owner decides, who do not wait and take no advice:
 * {@code Overload GATEWAY_PORT SECONDS}; prints a table. What is decided is measured first, with some in flight.
 */
public final class Overload {
    private static final int CONNECTIONS = 100;
    private static final int IN_FLIGHT = 1_500;
    private static final int WARM_UP_SECONDS = 25;
    private static final int BYTES = 200;
    /** Longer than the gateway waits for a decision. */
    private static final int DRAIN_SECONDS = 35;

    private final Vertx vertx = Vertx.vertx();
    private final List<WebSocket> publishers = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong(10);
    private final ConcurrentHashMap<Long, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AtomicLong> refused = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final Histogram waits = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final String data = "x".repeat(BYTES);

    private Overload() {}

    public static void main(String[] arguments) throws Exception {
        var overload = new Overload();
        int port = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        overload.connect(port);
        overload.capacity(WARM_UP_SECONDS);
        double capacity = overload.capacity(seconds);
        System.out.printf(Locale.ROOT, "decided per second with %d in flight: %.0f%n", IN_FLIGHT, capacity);
        System.out.println("| load | offered/s | accepted/s | refused | p50 ms | p99 ms | longest ms |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int times : new int[] {1, 2, 4}) {
            overload.flood(times, capacity * times, seconds);
        }
        overload.vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private void connect(int port) throws Exception {
        WebSocketClient client =
                vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(CONNECTIONS));
        for (int i = 0; i < CONNECTIONS; i++) {
            WebSocket socket = client.connect(Peer.REALTIME.options(port))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            socket.textMessageHandler(this::received);
            socket.writeTextMessage("{\"type\":\"connect\",\"id\":1}");
            publishers.add(socket);
        }
    }

    private void received(String frame) {
        if (frame.startsWith("{\"type\":\"published\"")) {
            Long begun = sent.remove(id(frame));
            if (begun != null) {
                waits.recordValue(System.nanoTime() - begun);
                accepted.incrementAndGet();
            }
        } else if (frame.startsWith("{\"type\":\"problem\"")) {
            sent.remove(id(frame));
            int at = frame.indexOf("\"code\":\"") + 8;
            refused.computeIfAbsent(frame.substring(at, frame.indexOf('"', at)), any -> new AtomicLong())
                    .incrementAndGet();
        }
    }

    private static long id(String frame) {
        int at = frame.indexOf("\"id\":") + 5;
        int end = at;
        while (Character.isDigit(frame.charAt(end))) {
            end++;
        }
        return Long.parseLong(frame, at, end, 10);
    }

    private void publish() {
        long id = ids.incrementAndGet();
        sent.put(id, System.nanoTime());
        publishers
                .get((int) (id % CONNECTIONS))
                .writeTextMessage("{\"type\":\"publish\",\"id\":" + id
                        + ",\"message\":{\"channel\":\"bench/hot\",\"text\":\"" + data + "\"}}");
    }

    private void forget() {
        accepted.set(0);
        refused.clear();
        waits.reset();
    }

    private double capacity(int seconds) throws InterruptedException {
        forget();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            while (sent.size() < IN_FLIGHT) {
                publish();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        double perSecond = accepted.get() * 1e9 / (System.nanoTime() - begun);
        drain();
        return perSecond;
    }

    private void drain() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        while (!sent.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        sent.clear();
    }

    private void flood(int times, double perSecond, int seconds) throws InterruptedException {
        forget();
        long begun = System.nanoTime();
        long count = Math.round(perSecond * seconds);
        for (long i = 0; i < count; i++) {
            long due = begun + (long) (i * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, due - System.nanoTime()));
            }
            publish();
        }
        double took = (System.nanoTime() - begun) / 1e9;
        long acceptedBefore = accepted.get();
        drain();
        long refusals = refused.values().stream().mapToLong(AtomicLong::get).sum();
        System.out.printf(
                Locale.ROOT,
                "| %d x | %.0f | %.0f | %.0f %% %s | %.0f | %.0f | %.0f |%n",
                times,
                count / took,
                acceptedBefore / took,
                100.0 * refusals / count,
                refused,
                waits.getValueAtPercentile(50) / 1e6,
                waits.getValueAtPercentile(99) / 1e6,
                waits.getMaxValue() / 1e6);
    }
}
