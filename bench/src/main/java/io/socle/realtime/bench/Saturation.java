package io.socle.realtime.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * As many publishes as the suite takes, over 64 channels with a subscriber each, spread over gateways: {@code Saturation
 * LABEL SECONDS GATEWAY_PORTS GATEWAY_PIDS CHANNEL_PIDS} with lists separated by commas; prints a table row.
 */
public final class Saturation {
    private static final int WRITERS = 6;
    private static final int CHANNELS = 64;
    private static final int UNDECIDED = 64;
    private static final int WARM_UP_SECONDS = 10;
    private static final String TEXT = "x".repeat(200);

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
    private final List<Follower> followers = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();

    private Saturation() {}

    public static void main(String[] arguments) throws Exception {
        var run = new Saturation();
        run.open(numbers(arguments[2]));
        run.measure(arguments[0], Integer.parseInt(arguments[1]), numbers(arguments[3]), numbers(arguments[4]));
        run.vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static long[] numbers(String list) {
        return Arrays.stream(list.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private void open(long[] ports) throws Exception {
        for (int i = 0; i < CHANNELS; i++) {
            Follower follower = new Follower(vertx, client, "full/" + i);
            followers.add(follower);
            follower.join((int) ports[i % ports.length]);
        }
        while (!followers.stream().allMatch(Follower::isCaughtUp)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(vertx, client, (int) ports[i % ports.length], UNDECIDED));
        }
    }

    private void measure(String label, int seconds, long[] gateways, long[] owners) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int first = i;
            threads.add(Thread.ofPlatform().start(() -> publish(writers.get(first), first, over)));
        }
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        writers.forEach(Writer::forget);
        long delivered = delivered();
        long[] gatewayCpu = micros(gateways);
        long[] ownerCpu = micros(owners);
        TimeUnit.SECONDS.sleep(seconds);
        long decided = writers.stream().mapToLong(Writer::acknowledged).sum();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.0f | %.0f | %.1f | %s | %s | %d |%n",
                label,
                decided / seconds,
                (delivered() - delivered) / seconds,
                writers.stream().mapToLong(Writer::refused).sum(),
                percentile(50),
                percentile(99),
                writers.stream().mapToLong(Writer::longestPause).max().orElse(0) / 1e9,
                perPublish(gateways, gatewayCpu, decided),
                perPublish(owners, ownerCpu, decided),
                followers.stream().mapToLong(f -> f.missing() + f.repeats()).sum());
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private long delivered() {
        return followers.stream().mapToLong(Follower::deliveries).sum();
    }

    private double percentile(double which) {
        Histogram all = new Histogram(3);
        writers.forEach(writer -> all.add(writer.latency()));
        return all.getValueAtPercentile(which) / 1e6;
    }

    private static void publish(Writer writer, int first, AtomicBoolean over) {
        try {
            for (int n = first; !over.get(); n++) {
                writer.publish("full/" + n % CHANNELS, TEXT);
            }
            writer.drain();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] micros(long[] pids) throws Exception {
        long[] micros = new long[pids.length];
        for (int i = 0; i < pids.length; i++) {
            micros[i] = ProcessCpu.micros(pids[i]);
        }
        return micros;
    }

    /** CPU of each process, in microseconds per publish of all. */
    private static String perPublish(long[] pids, long[] before, long published) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pids.length; i++) {
            long used = ProcessCpu.micros(pids[i]) - before[i];
            text.append(i == 0 ? "" : " + ").append(used / Math.max(1, published));
        }
        return text.toString();
    }
}
