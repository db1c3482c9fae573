package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes over one WebSocket, and over the next when that one breaks. */
public final class WebSocketPublisher implements Publisher {
    private final Suite suite;
    private final String token;
    private final Map<Long, CompletableFuture<Decided>> waiting = new ConcurrentHashMap<>();
    /** Never the same on two connections: a late answer of the one before must not be taken for one of the next. */
    private final AtomicLong ids = new AtomicLong();

    private WsClient client;

    public WebSocketPublisher(Suite suite, String token) {
        this.suite = suite;
        this.token = token;
        this.client = connect();
    }

    private WsClient connect() {
        var fresh = WsClient.connect(suite, token, this::received);
        fresh.onClosed(this::broke);
        return fresh;
    }

    private synchronized WsClient client() {
        if (!client.isOpen()) {
            client = connect();
        }
        return client;
    }

    @Override
    public CompletableFuture<Decided> publish(String channel, String id, String json) {
        WsClient on;
        try {
            on = client();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new RetryException("", "no connection: " + e.getMessage()));
        }
        long command = ids.incrementAndGet();
        var decided = new CompletableFuture<Decided>();
        waiting.put(command, decided);
        on.send("{\"type\":\"publish\",\"id\":%d,\"message\":{\"channel\":\"%s\",\"id\":\"%s\",\"data\":%s}}"
                .formatted(command, channel, id, json));
        if (!on.isOpen()) {
            broke();
        }
        return decided;
    }

    private void received(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Published done ->
                take(done.id()).complete(new Decided(Objects.requireNonNull(done.position()), done.repeat()));
            case ServerFrame.ProblemFrame(Long id, Problem problem) ->
                take(id == null ? -1 : id)
                        .completeExceptionally(
                                problem.retryable()
                                        ? new RetryException(problem.code().code(), problem.detail())
                                        : new AssertionError(problem.toString()));
            default -> {}
        }
    }

    private CompletableFuture<Decided> take(long id) {
        var future = waiting.remove(id);
        return future == null ? new CompletableFuture<>() : future;
    }

    private void broke() {
        waiting.keySet().forEach(id -> take(id).completeExceptionally(new RetryException("", "the link broke")));
    }

    @Override
    public synchronized void reconnect() {
        client.close();
    }

    @Override
    public synchronized void close() {
        client.close();
    }
}
