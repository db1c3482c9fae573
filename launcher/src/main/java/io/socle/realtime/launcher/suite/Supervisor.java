package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.suite.RunState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs a broker and then services; keeps all running until it is told to stop; then ends services first. */
public final class Supervisor {
    private final Plan plan;
    private final MergedLog log;
    private final Keepers keepers;
    private final Changes changes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Phase phase = Phase.STARTING;
    private boolean stopBegun;
    private boolean finished;
    private @Nullable Watchdog watchdog;
    private @Nullable ControlServer control;

    /**
     * What to run.
     *
     * @param data where the state file and the log are
     * @param directory working directory of the processes
     * @param gatewayUrl told to {@code status}, by the number of a gateway
     * @param broker started first and ended last
     * @param services the rest, asked for when the broker is ready
     * @param instances how many of each at the start
     * @param cleanUp command that ends what is left if this supervisor is killed
     * @param stopLimit how long the services, and then the broker, may take to end before they are killed
     */
    public record Plan(
            DataFolder data,
            Path directory,
            IntFunction<String> gatewayUrl,
            ServiceSpec broker,
            ServicePlan services,
            InstanceCounts instances,
            List<String> cleanUp,
            Duration stopLimit) {}

    /** Tells the services, so many of each; may look at what the ready broker has written. */
    @FunctionalInterface
    public interface ServicePlan {
        List<ServiceSpec> services(InstanceCounts counts) throws IOException;
    }

    public Supervisor(Plan plan, MergedLog log) {
        this.plan = plan;
        this.log = log;
        this.keepers = new Keepers(plan.directory(), log, plan.data().log(), this::writeState);
        this.changes = new Changes(plan, keepers, log);
    }

    /**
     * Starts everything and returns when all are ready, or false where it was told to stop meanwhile; throws Refusal,
     * with everything stopped, where that fails.
     */
    public boolean start() throws InterruptedException {
        try {
            watchdog = Watchdog.start(plan.cleanUp(), plan.data().log().toFile());
            keepers.start(List.of(plan.broker()));
            keepers.start(plan.services().services(plan.instances()));
            takeRequests();
            enter(Phase.READY);
            return !keepers.isClosed();
        } catch (IOException e) {
            stop();
            throw new Refusal("The suite cannot be started: " + e.getMessage() + ".");
        } catch (Refusal e) {
            stop();
            throw e;
        }
    }

    /** The suite is of use without: a data folder with a very long path, or on an odd file system, has no sockets. */
    private synchronized void takeRequests() {
        try {
            if (!stopBegun) {
                control = ControlServer.open(plan.data().controlSocket(), changes::apply);
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.line("realtime", "scale and restart will not work: no socket in the data folder: " + e.getMessage());
        }
    }

    private synchronized void enter(Phase next) {
        if (phase != Phase.STOPPING) {
            phase = next;
        }
        writeState();
    }

    private synchronized void writeState() {
        if (finished) {
            return;
        }
        var self = ProcessHandle.current();
        var supervisor = new RunState.Entry(
                "realtime", self.pid(), Processes.startMillis(self), 0, RunState.Progress.READY, "-");
        var all = keepers.all();
        var urls = all.stream()
                .map(Keeper::instance)
                .filter(instance -> instance.part() == Part.GATEWAY)
                .map(instance -> plan.gatewayUrl().apply(instance.number()))
                .toList();
        try {
            new RunState(
                            phase,
                            urls,
                            supervisor,
                            all.stream().map(Keeper::entry).toList())
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
            List<Keeper> all = keepers.all();
            int broker = Math.min(1, all.size());
            Keepers.stop(all.subList(broker, all.size()), plan.stopLimit());
            Keepers.stop(all.subList(0, broker), plan.stopLimit());
            finish();
            stopped.countDown();
        }
        stopped.await();
    }

    private synchronized boolean beginStop() {
        boolean first = !stopBegun;
        stopBegun = true;
        keepers.close();
        return first;
    }

    private synchronized void finish() {
        finished = true;
        try {
            if (control != null) {
                control.close();
            }
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
