package io.socle.realtime.e2e.overload;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** One client with subscriptions by the thousand, named by their numbers. */
final class ManySubscriptions implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** Below the limit of undecided commands (WS-12). */
    private static final int ASKED_AT_ONCE = 200;

    private final Semaphore asking = new Semaphore(ASKED_AT_ONCE);
    private final AtomicInteger subscribed = new AtomicInteger();
    private final BlockingQueue<ServerFrame.Message> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();
    private final WsClient client;

    ManySubscriptions(Suite suite, String token) {
        this.client = WsClient.connect(suite, token, this::take);
    }

    private void take(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Subscribed stands -> {
                subscribed.incrementAndGet();
                asking.release();
            }
            case ServerFrame.Message message -> messages.add(message);
            case ServerFrame.ProblemFrame refused -> {
                problems.add(refused.problem().code().code());
                asking.release();
            }
            case ServerFrame.DisconnectFrame over ->
                problems.add(over.disconnect().code().code());
            default -> {}
        }
    }

    /** Subscribes to {@code selection(from)} to {@code selection(to - 1)} and returns when all are answered. */
    void subscribe(int from, int to, IntFunction<Selection> selection) throws InterruptedException {
        for (int number = from; number < to; number++) {
            asking.acquire();
            client.send(new ClientFrame.Subscribe(
                    client.nextId(),
                    Integer.toString(number),
                    selection.apply(number),
                    null,
                    Qos.AT_LEAST_ONCE,
                    Overflow.RECOVER,
                    null));
        }
        Awaitility.await("all subscriptions to be answered")
                .atMost(LIMIT)
                .until(() -> asking.availablePermits() == ASKED_AT_ONCE);
    }

    int subscribed() {
        return subscribed.get();
    }

    /** The codes of all problems so far. */
    BlockingQueue<String> problems() {
        return problems;
    }

    ServerFrame.Message nextMessage() throws InterruptedException {
        ServerFrame.Message message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + LIMIT + "; problems: " + problems);
        }
        return message;
    }

    boolean hasMoreMessages() {
        return !messages.isEmpty();
    }

    @Override
    public void close() {
        client.close();
    }
}
