package io.socle.realtime.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Clients of one server that are all in one room. */
final class Room implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 64;
    private static final long LIMIT_SECONDS = 60;
    private static final int STAMP = 19;

    private final Vertx vertx = Vertx.vertx();
    private final Peer peer;
    private final String channel;
    private final WebSocketClient client;
    private final List<WebSocket> members = new ArrayList<>();
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final Histogram latencyNanos = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

    Room(Peer peer) {
        this(peer, "bench/room");
    }

    Room(Peer peer, String channel) {
        this.peer = peer;
        this.channel = channel;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
    }

    /** Opens so many connections and waits until each has joined. */
    void join(int port, int count) throws InterruptedException, ExecutionException, TimeoutException {
        CountDownLatch joined = new CountDownLatch(count);
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        for (int i = 0; i < count; i++) {
            connecting.acquire();
            client.connect(peer.options(port)).onComplete(result -> {
                connecting.release();
                if (result.succeeded()) {
                    begin(result.result(), joined);
                } else {
                    System.err.println("a connection failed: " + result.cause());
                }
            });
        }
        if (!joined.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(joined.getCount() + " of " + count + " clients did not join");
        }
    }

    private void begin(WebSocket socket, CountDownLatch joined) {
        synchronized (members) {
            members.add(socket);
        }
        socket.textMessageHandler(message -> {
            if (peer.isDelivery(message)) {
                delivered(message);
            } else if (peer.isRefusal(message)) {
                refusals.incrementAndGet();
            } else if (peer.joined(message)) {
                joined.countDown();
            } else {
                String answer = peer.answer(message);
                if (answer != null) {
                    socket.writeTextMessage(answer);
                }
            }
        });
        peer.join(socket, channel);
    }

    private void delivered(String message) {
        deliveries.incrementAndGet();
        int at = message.indexOf("@@");
        long sent = Long.parseLong(message, at + 2, at + 2 + STAMP, 10);
        latencyNanos.recordValue(Math.max(0, System.nanoTime() - sent));
    }

    /** Publishes at a steady rate from the first member. */
    void publish(int perSecond, double seconds, int bytes) throws InterruptedException {
        WebSocket publisher = members.getFirst();
        String filler = "x".repeat(Math.max(0, bytes - STAMP - 2));
        long count = Math.round(perSecond * seconds);
        long begin = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, due - System.nanoTime()));
            }
            publisher.writeTextMessage(
                    peer.publish(channel, "@@" + String.format("%019d", System.nanoTime()) + filler));
        }
    }

    /** Waits until so many messages that were published have reached every member, or were refused. */
    boolean await(long published) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (owed(published) > 0 && System.nanoTime() < limit) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return owed(published) <= 0;
    }

    private long owed(long published) {
        return (published - refusals.get()) * members.size() - deliveries.get();
    }

    long refusals() {
        return refusals.get();
    }

    long deliveries() {
        return deliveries.get();
    }

    Histogram latency() {
        return latencyNanos;
    }

    void forget() {
        deliveries.set(0);
        refusals.set(0);
        latencyNanos.reset();
    }

    @Override
    public void close() throws ExecutionException, InterruptedException {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
