package io.socle.realtime.gateway.hub;

import java.util.HashSet;
import java.util.Set;

/**
 * What feeds ask owners again when they refused; on the hub's event loop. One question waits for each feed and partition,
 * however many were refused: were each refusal to bring a question, they would grow without bound while owners are away.
 */
final class Retries {
    private final Hub hub;
    private final Set<Question> waiting = new HashSet<>();

    private record Question(Object feed, int partition) {}

    Retries(Hub hub) {
        this.hub = hub;
    }

    /** Asks after a while, unless the feed waits to ask this partition already. */
    void later(Object feed, int partition, Runnable ask) {
        var question = new Question(feed, partition);
        if (waiting.add(question)) {
            hub.later(() -> {
                waiting.remove(question);
                ask.run();
            });
        }
    }
}
