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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Cuts all clients of a gateway at once while publishing goes on, and measures their coming back at another: {@code
 * MassReconnect FROM_PORT TO_PORT CLIENTS BACKLOGGED PID}. With a PID that gateway is killed, with 0 the clients hang up;
 * {@code BACKLOGGED} of them were away before and missed 1,000 messages. Prints a table row; ends with 1 where a message
 * was left out or came twice.
 */
public final class MassReconnect {
    private static final int CHANNELS = 50;
    private static final int BACKLOG_CHANNELS = 10;
    private static final int BACKLOG = 1_000;
    private static final int PER_SECOND = 50;
    private static final int UNDECIDED = 200;
    private static final int JOINING_AT_ONCE = 100;
    private static final long LIMIT_SECONDS = 180;
    private static final String TEXT = "x".repeat(200);

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
    private final List<Follower> live = new ArrayList<>();
    private final List<Follower> backlogged = new ArrayList<>();
    private final int from;
    private final int to;
    private final long pid;

    private MassReconnect(int from, int to, long pid) {
        this.from = from;
        this.to = to;
        this.pid = pid;
    }

    public static void main(String[] arguments) throws Exception {
        long[] numbers = Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
        var run = new MassReconnect((int) numbers[0], (int) numbers[1], numbers[4]);
        boolean whole = run.run((int) numbers[2], (int) numbers[3]);
        run.vertx.close().toCompletionStage().toCompletableFuture().get();
        System.exit(whole ? 0 : 1);
    }

    private boolean run(int clients, int behind) throws Exception {
        for (int i = 0; i < clients - behind; i++) {
            live.add(new Follower(vertx, client, "storm/" + i % CHANNELS));
        }
        for (int i = 0; i < behind; i++) {
            backlogged.add(new Follower(vertx, client, "backlog/" + i % BACKLOG_CHANNELS));
        }
        join(live);
        join(backlogged);
        try (Writer writer = new Writer(vertx, client, to, UNDECIDED)) {
            missSomething(writer);
            AtomicBoolean over = new AtomicBoolean();
            Thread publishing = Thread.ofPlatform().start(() -> publish(writer, over));
            long cut = cut();
            await("all clients to catch up", () -> everybody().allMatch(Follower::isCaughtUp));
            over.set(true);
            publishing.join();
            writer.drain();
            await("all messages to arrive", () -> everybody().allMatch(f -> hasAll(f, writer)));
            return print(cut, writer);
        }
    }

    private Stream<Follower> everybody() {
        return Stream.concat(live.stream(), backlogged.stream());
    }

    private void join(List<Follower> followers) throws Exception {
        for (int at = 0; at < followers.size(); at += JOINING_AT_ONCE) {
            List<Follower> some = followers.subList(at, Math.min(followers.size(), at + JOINING_AT_ONCE));
            some.forEach(follower -> follower.join(from));
            await("clients to join", () -> some.stream().allMatch(Follower::isCaughtUp));
        }
    }

    private void missSomething(Writer writer) throws Exception {
        backlogged.forEach(Follower::leave);
        for (int n = 0; n < BACKLOG; n++) {
            for (int channel = 0; channel < BACKLOG_CHANNELS; channel++) {
                writer.publish("backlog/" + channel, TEXT);
            }
        }
        writer.drain();
    }

    private static void publish(Writer writer, AtomicBoolean over) {
        try {
            long begun = System.nanoTime();
            for (int n = 0; !over.get(); n++) {
                long due = begun + n * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                writer.publish("storm/" + n % CHANNELS, TEXT);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cuts everybody; returns when, by {@link System#nanoTime()}. */
    private long cut() {
        everybody().forEach(follower -> follower.moveTo(to));
        long now = System.nanoTime();
        if (pid > 0) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        } else {
            live.forEach(Follower::leave);
            live.forEach(follower -> follower.join(to));
        }
        backlogged.forEach(follower -> follower.join(to));
        return now;
    }

    private static boolean hasAll(Follower follower, Writer writer) {
        return follower.offset() >= writer.heads().getOrDefault(follower.channel(), 0L);
    }

    private boolean print(long cut, Writer writer) {
        long missing = everybody().mapToLong(Follower::missing).sum();
        long repeats = everybody().mapToLong(Follower::repeats).sum();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %d | %d | %d | %d |%n",
                pid > 0 ? "gateway killed" : "clients hang up",
                live.size() + backlogged.size(),
                times(live, cut),
                times(backlogged, cut),
                everybody().mapToLong(Follower::deliveries).sum(),
                missing,
                repeats,
                writer.refused());
        return missing == 0 && repeats == 0;
    }

    /** Seconds from the cut until half, 99 % and all of them had caught up. */
    private static String times(List<Follower> followers, long cut) {
        double[] seconds = followers.stream()
                .mapToDouble(follower -> (follower.caughtUpAt() - cut) / 1e9)
                .sorted()
                .toArray();
        if (seconds.length == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f / %.1f",
                seconds[seconds.length / 2],
                seconds[seconds.length * 99 / 100],
                seconds[seconds.length - 1]);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException, TimeoutException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException("waited " + LIMIT_SECONDS + " s for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
