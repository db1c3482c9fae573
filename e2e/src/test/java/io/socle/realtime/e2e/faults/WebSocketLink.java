package io.socle.realtime.e2e.faults;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.e2e.client.Cursors;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A WebSocket with a subscription for each checkpoint, which is for one channel, durable or not, or one filter. */
final class WebSocketLink implements Link {
    private static final int FIRST_COMMAND = 2;
    /** Small, so that a durable subscription often waits for acknowledgements. */
    private static final int MAX_UNACKED = 16;

    private static final int ACK_EVERY = 3;

    private final Inlet inlet;
    private final Map<String, Checkpoint> byName = new LinkedHashMap<>();
    private final List<Checkpoint> checkpoints;
    private volatile long heardNanos = System.nanoTime();
    private final WsClient client;

    private WebSocketLink(Suite suite, String token, List<Checkpoint> checkpoints, Inlet inlet) {
        this.inlet = inlet;
        this.checkpoints = checkpoints;
        checkpoints.forEach(checkpoint -> byName.put(checkpoint.subscription(), checkpoint));
        this.client = WsClient.connect(suite, token, this::received);
        for (int i = 0; i < checkpoints.size(); i++) {
            Checkpoint checkpoint = checkpoints.get(i);
            inlet.begin(checkpoint);
            client.send(subscribe(FIRST_COMMAND + i, checkpoint));
        }
    }

    static Link open(Suite suite, String token, List<Checkpoint> checkpoints, Inlet inlet) {
        return new WebSocketLink(suite, token, checkpoints, inlet);
    }

    private static ClientFrame.Subscribe subscribe(int id, Checkpoint checkpoint) {
        String filter = checkpoint.filter();
        String cursor = checkpoint.cursor();
        Selection selection = filter == null
                ? Selections.channel(checkpoint.channels().iterator().next())
                : Selections.filter(filter);
        return new ClientFrame.Subscribe(
                id,
                checkpoint.subscription(),
                selection,
                since(filter, cursor),
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                checkpoint.isDurable() ? MAX_UNACKED : null,
                checkpoint.isDurable() ? checkpoint.subscription() : null);
    }

    private static @Nullable Since since(@Nullable String filter, String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        return filter == null ? new Since.AtPosition(Position.parse(cursor)) : new Since.AtCursor(cursor);
    }

    private void received(ServerFrame frame) {
        heardNanos = System.nanoTime();
        switch (frame) {
            case ServerFrame.Subscribed subscribed ->
                inlet.stands(checkpoint(subscribed.subscription()), Objects.requireNonNull(subscribed.cursor()));
            case ServerFrame.Message message -> take(message.subscription(), message);
            case ServerFrame.CaughtUp caughtUp -> take(caughtUp.subscription(), caughtUp);
            case ServerFrame.Skipped skipped -> take(skipped.subscription(), skipped);
            case ServerFrame.Lost lost -> take(lost.subscription(), lost);
            case ServerFrame.LostUntil lost -> take(lost.subscription(), lost);
            case ServerFrame.Unsubscribed(var _, var name, var problem)
            when problem != null -> refused(checkpoint(name), problem);
            case ServerFrame.ProblemFrame(Long id, var problem)
            when id != null && id >= FIRST_COMMAND -> refused(checkpoints.get((int) (id - FIRST_COMMAND)), problem);
            default -> {}
        }
    }

    private void take(String subscription, ServerFrame frame) {
        Checkpoint checkpoint = checkpoint(subscription);
        String cursor = Cursors.after(frame, checkpoint.filter() != null);
        inlet.take(checkpoint, frame, cursor == null ? "" : cursor);
        if (checkpoint.isDurable() && cursor != null && isAcknowledged(frame)) {
            acknowledge(checkpoint, Position.parse(cursor));
        }
    }

    /** Some and not all: an acknowledgement is for all before it, and what has none comes again. */
    private static boolean isAcknowledged(ServerFrame frame) {
        return !(frame instanceof ServerFrame.Message message)
                || message.redelivered()
                || Objects.requireNonNull(message.message().position()).offset() % ACK_EVERY == 0;
    }

    private void acknowledge(Checkpoint checkpoint, Position position) {
        if (inlet.acknowledges(checkpoint, position)) {
            client.send(new ClientFrame.Ack(checkpoint.subscription(), position.toString()));
        }
    }

    private void refused(Checkpoint checkpoint, Problem problem) {
        if (problem.code() == FailureCode.TAKEN_OVER) {
            inlet.tookOver();
        } else {
            inlet.refused(checkpoint, problem.code().code(), problem.retryable());
        }
    }

    private Checkpoint checkpoint(String subscription) {
        Checkpoint checkpoint = byName.get(subscription);
        if (checkpoint == null) {
            throw new AssertionError("a push for an unknown subscription " + subscription);
        }
        return checkpoint;
    }

    @Override
    public boolean isOver() {
        return !client.isOpen();
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    @Override
    public void close() {
        client.close();
    }
}
