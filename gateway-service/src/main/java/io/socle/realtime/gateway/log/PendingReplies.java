package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.pressure.Pressure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Requests whose reply has not come, bounded in number and time; safe for use by all threads. */
final class PendingReplies {
    /** Of so many requests one place is kept for what is no publish, so that publishers never keep subscribers and readers out. */
    private static final int PLACES_PER_RESERVED = 8;
    /** In place of a partition: what waits is a read, which no owner decides, or tells nothing of the owner's pace. */
    private static final int READ = -1;
    /** In place of a partition: what waits is not for an owner of channels. */
    private static final int ELSEWHERE = -2;

    private final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastRequest = new AtomicLong();
    private final int limit;
    private final long timeoutNanos;
    private final LongSupplier nanoClock;
    private final Pressure pressure;

    /** A request: where its reply is handled, until when it is waited for, and which owner is to decide it. */
    record Pending(Executor loop, ReplyHandler handler, long deadline, int owner) {
        /** Whether an owner of channels answers it. */
        boolean isOfChannels() {
            return owner != ELSEWHERE;
        }

        /** Whether it tells how fast an owner of channels decides. */
        private boolean isMeasured() {
            return owner >= 0;
        }
    }

    PendingReplies(int limit, Duration timeout, LongSupplier nanoClock, Pressure pressure) {
        this.limit = limit;
        this.timeoutNanos = timeout.toNanos();
        this.nanoClock = nanoClock;
        this.pressure = pressure;
    }

    /** A number for a new read; null where as many are pending as the limit allows. */
    @Nullable
    Long addRead(Executor loop, ReplyHandler handler) {
        return add(limit, READ, loop, handler);
    }

    /** A number for a new request to another service's owner; null where as many are pending as the limit allows. */
    @Nullable
    Long addElsewhere(Executor loop, ReplyHandler handler) {
        return add(limit, ELSEWHERE, loop, handler);
    }

    /** A number for a new command to a partition's owner; null where as many are pending as the limit allows. */
    @Nullable
    Long addCommand(int partition, Executor loop, ReplyHandler handler) {
        return add(limit, partition, loop, handler);
    }

    /** As for any command, but leaves some places to others. */
    @Nullable
    Long addPublish(int partition, Executor loop, ReplyHandler handler) {
        return add(limit - limit / PLACES_PER_RESERVED, partition, loop, handler);
    }

    private @Nullable Long add(int most, int owner, Executor loop, ReplyHandler handler) {
        if (pending.size() >= most) {
            return null;
        }
        long request = lastRequest.incrementAndGet();
        if (owner >= 0) {
            pressure.sent(owner, request);
        }
        pending.put(request, new Pending(loop, handler, nanoClock.getAsLong() + timeoutNanos, owner));
        return request;
    }

    /** Ends the wait by an answer at a log position; null where the reply is a repeat or came too late. */
    @Nullable
    Pending take(long request, long logPosition) {
        Pending waiting = pending.remove(request);
        if (waiting != null && waiting.isMeasured()) {
            pressure.decided(waiting.owner(), request, logPosition);
        }
        return waiting;
    }

    /** Ends the wait with a refusal of the gateway's own. */
    void refuse(long request, FailureCode code) {
        Pending waiting = pending.remove(request);
        if (waiting != null) {
            if (waiting.isMeasured()) {
                pressure.abandoned(waiting.owner(), request);
            }
            refuse(waiting.loop(), waiting.handler(), code);
        }
    }

    static void refuse(Executor loop, ReplyHandler handler, FailureCode code) {
        refuse(loop, handler, Problem.of(code));
    }

    static void refuse(Executor loop, ReplyHandler handler, Problem problem) {
        loop.execute(() -> handler.replied(-1, -1, new Reply.Refused(problem)));
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
