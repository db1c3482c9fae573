package io.socle.realtime.shell.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Ends the process when its wall clock is set back. Timers of Kafka's clients then stand still until the clock is again
 * where it was: no heartbeats, no commits, for as long as it was set back. A new process has none of that.
 */
@ApplicationScoped
public class ClockWatch {
    private static final Logger LOG = Logger.getLogger(ClockWatch.class);
    /** Clients get over less, for it is shorter than their sessions. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int FAILED = 1;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("clock-watch").daemon().factory());

    void start(@Observes StartupEvent event) {
        var steps = new ClockSteps(System::currentTimeMillis, System::nanoTime);
        timer.scheduleWithFixedDelay(() -> look(steps), 1, 1, TimeUnit.SECONDS);
    }

    private void look(ClockSteps steps) {
        Duration step = steps.next();
        if (step.compareTo(LIMIT.negated()) < 0) {
            LOG.errorf("The clock was set back by %d s; this process ends, to be started again", -step.toSeconds());
            timer.shutdown();
            Quarkus.asyncExit(FAILED);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }
}
