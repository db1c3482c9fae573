package io.socle.realtime.e2e.pressure;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrame.BackpressureState;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * One WebSocket that publishes without waiting for answers, and what became of each message. Safe for use by several
 * threads.
 */
final class Flood implements AutoCloseable {
    private final String channel;
    private final WsClient client;
    private final AtomicLong ids = new AtomicLong(1_000);
    private final Map<Long, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Refused> refused = new ConcurrentLinkedQueue<>();
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());
    private final List<ServerFrame.Backpressure> told = new CopyOnWriteArrayList<>();

    /** An acknowledged message: its number, what {@code published} said, when, and how long that took. */
    record Accepted(long id, ServerFrame.Published frame, long at, long nanos) {
        Position position() {
            return Objects.requireNonNull(frame.position());
        }
    }

    /** A refused message and how long the refusal took. */
    record Refused(Problem problem, long nanos) {}

    Flood(Suite suite, String token, String channel) {
        this.channel = channel;
        this.client = WsClient.connect(suite, token, this::received);
    }

    private void received(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Published done ->
                accepted.add(new Accepted(done.id(), done, System.nanoTime(), taken(done.id())));
            case ServerFrame.ProblemFrame(Long id, Problem problem) -> {
                refused.add(new Refused(problem, id == null ? 0 : taken(id)));
                if (problem.retryAfter() != null) {
                    notBefore.set(System.nanoTime() + problem.retryAfter().toNanos());
                }
            }
            case ServerFrame.Backpressure pressure -> told.add(pressure);
            default -> {}
        }
    }

    private long taken(long id) {
        Long begun = sent.remove(id);
        return begun == null ? 0 : System.nanoTime() - begun;
    }

    /** Publishes a message whose data is its number. */
    void publish() {
        long id = ids.incrementAndGet();
        sent.put(id, System.nanoTime());
        client.send("{\"type\":\"publish\",\"id\":%d,\"message\":{\"channel\":\"%s\",\"data\":%d}}"
                .formatted(id, channel, id));
    }

    void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            publish();
        }
    }

    /** Publishes until so many are undecided, but not before the time that the last refusal advised. */
    void fill(int inFlight) {
        if (System.nanoTime() - notBefore.get() >= 0) {
            publish(inFlight - undecided());
        }
    }

    int undecided() {
        return sent.size();
    }

    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    List<Refused> refused() {
        return List.copyOf(refused);
    }

    Stream<Refused> refused(String code) {
        return refused.stream().filter(one -> one.problem().code().code().equals(code));
    }

    boolean wasTold(BackpressureState state) {
        return told.stream().anyMatch(frame -> frame.state() == state);
    }

    /** All that it was told of lag, in order. */
    List<ServerFrame.Backpressure> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() {
        client.close();
    }
}
