package io.socle.realtime.shell.owner;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** Replaces a failed processing thread a few times, then gives up so that the supervisor restarts the process. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(ThreadFailures.class);
    private static final long WINDOW_NANOS = Duration.ofMinutes(10).toNanos();

    private final int replacements;
    private final LongSupplier nanoTime;
    private final Runnable giveUp;
    private final Deque<Long> recent = new ArrayDeque<>();

    ThreadFailures(int replacements, LongSupplier nanoTime, Runnable giveUp) {
        this.replacements = replacements;
        this.nanoTime = nanoTime;
        this.giveUp = giveUp;
    }

    /** Called by the thread that failed. */
    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = nanoTime.getAsLong();
        while (!recent.isEmpty() && now - recent.peekFirst() > WINDOW_NANOS) {
            recent.removeFirst();
        }
        if (recent.size() < replacements) {
            recent.addLast(now);
            LOG.errorf(failure, "A processing thread failed and is replaced (%d of %d)", recent.size(), replacements);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.errorf(failure, "A processing thread failed again; the process ends");
        giveUp.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
