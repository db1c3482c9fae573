package io.socle.realtime.e2e.faults;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.RefusedException;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** An event stream of one checkpoint: a filter, or channels whose cursor is that of the stream. */
final class EventStreamLink implements Link {
    private final Checkpoint checkpoint;
    private final Inlet inlet;
    private final Set<String> behind;
    private final AtomicBoolean over = new AtomicBoolean();
    private String eventId = "";
    private final SseClient client;

    private EventStreamLink(Suite suite, String token, Checkpoint checkpoint, Inlet inlet) {
        this.checkpoint = checkpoint;
        this.inlet = inlet;
        String filter = checkpoint.filter();
        this.behind = new HashSet<>(filter == null ? checkpoint.channels() : Set.of(filter));
        inlet.begin(checkpoint);
        String cursor = checkpoint.cursor();
        this.client = SseClient.open(
                suite,
                token,
                query(checkpoint),
                cursor.isEmpty() ? null : cursor,
                this::received,
                event -> eventId = event.id(),
                id -> inlet.place(checkpoint, id));
        client.onEnded(() -> over.set(true));
        inlet.stands(checkpoint, "");
    }

    static Link open(Suite suite, String token, List<Checkpoint> checkpoints, Inlet inlet) {
        Checkpoint checkpoint = checkpoints.getFirst();
        try {
            return new EventStreamLink(suite, token, checkpoint, inlet);
        } catch (RefusedException e) {
            inlet.refused(checkpoint, e.code(), isRetryable(e.code()));
            throw e;
        }
    }

    private static boolean isRetryable(String code) {
        return Arrays.stream(FailureCode.values())
                .filter(known -> known.code().equals(code))
                .allMatch(FailureCode::retryable);
    }

    /** The order of the channels is part of what a stream's cursor means (SSE-3). */
    private static String query(Checkpoint checkpoint) {
        String filter = checkpoint.filter();
        return filter != null
                ? "filter=" + HttpApi.encode(filter)
                : checkpoint.channels().stream()
                        .sorted()
                        .map(channel -> "channel=" + HttpApi.encode(channel))
                        .collect(Collectors.joining("&"));
    }

    /** Frames and their ids come on one thread of the client. */
    private void received(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Message message -> inlet.take(checkpoint, message, eventId);
            case ServerFrame.CaughtUp caughtUp -> caughtUp(caughtUp);
            case ServerFrame.Lost lost -> inlet.take(checkpoint, lost, checkpoint.filter() == null ? eventId : "");
            case ServerFrame.Skipped skipped ->
                inlet.take(checkpoint, skipped, checkpoint.filter() == null ? eventId : "");
            case ServerFrame.LostUntil lost -> inlet.take(checkpoint, lost, eventId);
            case ServerFrame.Unsubscribed(var _, var _, var problem)
            when problem != null -> inlet.refused(checkpoint, problem.code().code(), problem.retryable());
            default -> {}
        }
    }

    /** The stream has caught up when all its parts have. */
    private void caughtUp(ServerFrame.CaughtUp caughtUp) {
        behind.remove(caughtUp.subscription());
        if (behind.isEmpty()) {
            inlet.take(checkpoint, caughtUp, eventId);
        } else {
            inlet.place(checkpoint, eventId);
        }
    }

    @Override
    public boolean isOver() {
        return over.get();
    }

    @Override
    public Duration silence() {
        return client.silence();
    }

    @Override
    public void close() {
        client.close();
    }
}
