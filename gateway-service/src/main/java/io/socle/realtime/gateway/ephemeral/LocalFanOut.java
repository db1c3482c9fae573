package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.gateway.log.DeliverySink;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands messages to the event loops of this node without a way through the log; what one thread sends comes in its order.
 * Safe for use by all threads.
 */
final class LocalFanOut {
    /** Messages that one event loop may be behind; one more is dropped for its links. */
    static final int AHEAD = 1_000;

    private final DeliverySink sink;
    private final EphemeralMetrics metrics;
    private final Map<Executor, LoopQueue> queues = new ConcurrentHashMap<>();

    LocalFanOut(DeliverySink sink, EphemeralMetrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
    }

    void send(SharedMessage message) {
        for (Executor loop : sink.loops()) {
            queues.computeIfAbsent(loop, LoopQueue::new).add(message);
        }
    }

    /** What waits for one event loop; taken in one batch, so that each link is flushed once for all of it. */
    private final class LoopQueue {
        private final Executor loop;
        private final Queue<SharedMessage> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger size = new AtomicInteger();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        LoopQueue(Executor loop) {
            this.loop = loop;
        }

        void add(SharedMessage message) {
            if (size.incrementAndGet() > AHEAD) {
                size.decrementAndGet();
                metrics.dropped(EphemeralMetrics.Dropped.LOOP_BEHIND);
                return;
            }
            waiting.add(message);
            if (scheduled.compareAndSet(false, true)) {
                loop.execute(this::drain);
            }
        }

        private void drain() {
            // Before taking: what is added from now on schedules the next turn.
            scheduled.set(false);
            List<Incoming> batch = new ArrayList<>();
            for (SharedMessage next = waiting.poll(); next != null; next = waiting.poll()) {
                size.decrementAndGet();
                batch.add(new Incoming.Ephemeral(next));
            }
            sink.accept(loop, batch);
        }
    }
}
