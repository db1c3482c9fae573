package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.suite.RunState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a broker and then services; keeps all running until it is told to stop; then ends services first. */
public final class Supervisor {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int MOST_EARLY_DEATHS = 3;

    private final Plan plan;
    private final MergedLog log;
    private final List<Keeper> keepers = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Phase phase = Phase.STARTING;
    private boolean stopBegun;
    private boolean finished;
    private @Nullable Watchdog watchdog;

    /**
     * What to run.
     *
     * @param data where the state file and the log are
     * @param directory working directory of the processes
     * @param gatewayUrl told to {@code status}
     * @param broker started first and ended last
     * @param services the rest, asked for when the broker is ready
     * @param cleanUp command that ends what is left if this supervisor is killed
     * @param stopLimit how long the services, and then the broker, may take to end before they are killed
     */
    public record Plan(
            DataFolder data,
            Path directory,
            String gatewayUrl,
            ServiceSpec broker,
            ServicePlan services,
            List<String> cleanUp,
            Duration stopLimit) {}

    /** Tells the services; may look at what the ready broker has written. */
    @FunctionalInterface
    public interface ServicePlan {
        List<ServiceSpec> services() throws IOException;
    }

    public Supervisor(Plan plan, MergedLog log) {
        this.plan = plan;
        this.log = log;
    }

    /**
     * Starts everything and returns when all are ready, or false where it was told to stop meanwhile; throws Refusal,
     * with everything stopped, where that fails.
     */
    public boolean start() throws InterruptedException {
        try {
            watchdog = Watchdog.start(plan.cleanUp(), plan.data().log().toFile());
            startAll(List.of(plan.broker()));
            startAll(plan.services().services());
            enter(Phase.READY);
            return !isStopping();
        } catch (IOException e) {
            stop();
            throw new Refusal("The suite cannot be started: " + e.getMessage() + ".");
        } catch (Refusal e) {
            stop();
            throw e;
        }
    }

    private void startAll(List<ServiceSpec> specs) throws InterruptedException {
        var started = new ArrayList<Keeper>();
        for (ServiceSpec spec : specs) {
            log.line("realtime", "starting " + spec.name() + portText(spec));
            var keeper = new Keeper(spec, plan.directory(), log, this::writeState);
            if (!register(keeper)) {
                return;
            }
            started.add(keeper);
            keeper.start();
        }
        awaitReady(started);
    }

    private static String portText(ServiceSpec spec) {
        return spec.ports().isEmpty() ? "" : " on " + spec.ports().getFirst();
    }

    private synchronized boolean register(Keeper keeper) {
        if (!stopBegun) {
            keepers.add(keeper);
        }
        return !stopBegun;
    }

    private void awaitReady(List<Keeper> started) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!started.stream().allMatch(Keeper::isReady)) {
            if (isStopping()) {
                return;
            }
            refuseHopeless(started);
            if (System.nanoTime() > end) {
                throw new Refusal(names(started) + " did not become ready within " + START_LIMIT.toSeconds()
                        + " s; see " + plan.data().log() + ".");
            }
            synchronized (this) {
                wait(100);
            }
        }
    }

    private static String names(List<Keeper> started) {
        return String.join(
                ", ",
                started.stream()
                        .filter(keeper -> !keeper.isReady())
                        .map(Keeper::name)
                        .toList());
    }

    private void refuseHopeless(List<Keeper> started) {
        for (Keeper keeper : started) {
            if (keeper.deathsBeforeReady() >= MOST_EARLY_DEATHS) {
                throw new Refusal(keeper.name() + " ended " + MOST_EARLY_DEATHS
                        + " times before it was ready; what it said is in "
                        + plan.data().log() + ".");
            }
        }
    }

    private synchronized boolean isStopping() {
        return stopBegun;
    }

    private synchronized void enter(Phase next) {
        if (phase != Phase.STOPPING) {
            phase = next;
        }
        writeState();
    }

    private synchronized void writeState() {
        notifyAll();
        if (finished) {
            return;
        }
        var self = ProcessHandle.current();
        var supervisor = new RunState.Entry(
                "realtime", self.pid(), Processes.startMillis(self), 0, RunState.Progress.READY, "-");
        var entries = keepers.stream().map(Keeper::entry).toList();
        try {
            new RunState(phase, plan.gatewayUrl(), supervisor, entries)
                    .write(plan.data().stateFile());
        } catch (IOException e) {
            log.line("realtime", "cannot write " + plan.data().stateFile() + ": " + e.getMessage());
        }
    }

    /** Returns when the suite has been stopped. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Ends services, then the broker; blocks until all have ended. Safe to call twice and from any thread. */
    public void stop() throws InterruptedException {
        if (beginStop()) {
            log.line("realtime", "stopping");
            enter(Phase.STOPPING);
            List<Keeper> all = registered();
            stopAll(all.subList(Math.min(1, all.size()), all.size()), plan.stopLimit());
            stopAll(all.subList(0, Math.min(1, all.size())), plan.stopLimit());
            finish();
            stopped.countDown();
        }
        stopped.await();
    }

    private synchronized boolean beginStop() {
        boolean first = !stopBegun;
        stopBegun = true;
        return first;
    }

    private synchronized List<Keeper> registered() {
        return List.copyOf(keepers);
    }

    private static void stopAll(List<Keeper> some, Duration limit) throws InterruptedException {
        var threads = some.stream()
                .map(keeper -> Thread.ofPlatform().daemon().start(() -> stop(keeper, limit)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void stop(Keeper keeper, Duration limit) {
        try {
            keeper.stop(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void finish() {
        finished = true;
        try {
            Files.deleteIfExists(plan.data().stateFile());
            if (watchdog != null) {
                watchdog.dismiss();
            }
            log.line("realtime", "stopped");
        } catch (IOException e) {
            log.line("realtime", "stopped, but cannot tidy up: " + e.getMessage());
        }
    }
}
