package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Requests whose reply has not come, bounded in number and time; safe for use by all threads. */
final class PendingReplies {
    private final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastRequest = new AtomicLong();
    private final int limit;
    private final long timeoutNanos;
    private final LongSupplier nanoClock;

    /** A request: where its reply is handled, and until when it is waited for. */
    record Pending(Executor loop, ReplyHandler handler, long deadline) {}

    PendingReplies(int limit, Duration timeout, LongSupplier nanoClock) {
        this.limit = limit;
        this.timeoutNanos = timeout.toNanos();
        this.nanoClock = nanoClock;
    }

    /** A number for a new request; null where as many are pending as the limit allows. */
    @Nullable
    Long add(Executor loop, ReplyHandler handler) {
        if (pending.size() >= limit) {
            return null;
        }
        long request = lastRequest.incrementAndGet();
        pending.put(request, new Pending(loop, handler, nanoClock.getAsLong() + timeoutNanos));
        return request;
    }

    /** Ends the wait; null where the reply is a repeat or came too late. */
    @Nullable
    Pending take(long request) {
        return pending.remove(request);
    }

    /** Ends the wait with a refusal of the gateway's own. */
    void refuse(long request, FailureCode code) {
        Pending waiting = pending.remove(request);
        if (waiting != null) {
            refuse(waiting.loop(), waiting.handler(), code);
        }
    }

    static void refuse(Executor loop, ReplyHandler handler, FailureCode code) {
        loop.execute(() -> handler.replied(-1, -1, new Reply.Refused(Problem.of(code))));
    }

    /** Ends every wait with a refusal of the gateway's own. */
    void refuseAll(FailureCode code) {
        List.copyOf(pending.keySet()).forEach(request -> refuse(request, code));
    }

    /** Ends the wait of all that have waited too long; called a few times a second. */
    void expire() {
        long now = nanoClock.getAsLong();
        pending.forEach((request, waiting) -> {
            if (waiting.deadline() - now < 0) {
                refuse(request, FailureCode.TIMEOUT);
            }
        });
    }

    int size() {
        return pending.size();
    }
}
