package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.suite.RunState.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one process running: starts it, tells when it is ready, starts it again when it dies, ends it when asked. */
final class Keeper {
    private static final long POLL_MILLIS = 200;

    private final Path directory;
    private final MergedLog log;
    private final Runnable changed;
    private final Thread thread;

    private volatile ServiceSpec spec;
    private @Nullable Process process;
    private long startMillis;
    private Progress progress = Progress.DOWN;
    private boolean everReady;
    private int deathsBeforeReady;
    private int attempts;
    private boolean restarting;
    private boolean stopping;
    private volatile boolean readyLine;

    /** Calls {@code changed} on its own thread after each change of what {@link #entry()} tells. */
    Keeper(ServiceSpec spec, Path directory, MergedLog log, Runnable changed) {
        this.spec = spec;
        this.directory = directory;
        this.log = log;
        this.changed = changed;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("keep-" + spec.instance().id())
                .unstarted(this::keep);
    }

    /** How one life of the process went, and whether it ended because it is to be started again. */
    private record Life(int exitCode, Duration ready, boolean restarted) {}

    void start() {
        thread.start();
    }

    Instance instance() {
        return spec.instance();
    }

    String name() {
        return spec.name();
    }

    ServiceSpec spec() {
        return spec;
    }

    /** Takes the name at once, and the rest when the process is started the next time. */
    void become(ServiceSpec next) {
        spec = next;
    }

    synchronized boolean isReady() {
        return progress == Progress.READY;
    }

    /** How often it died without ever having been ready. */
    synchronized int deathsBeforeReady() {
        return everReady ? 0 : deathsBeforeReady;
    }

    synchronized RunState.Entry entry() {
        return new RunState.Entry(
                spec.name(),
                process == null ? 0 : process.pid(),
                startMillis,
                spec.ports().isEmpty() ? 0 : spec.ports().getFirst().number(),
                progress,
                spec.readiness() instanceof ServiceSpec.Readiness.Health health
                        ? health.url().toString()
                        : "-");
    }

    private void keep() {
        var backoff = Backoff.fresh();
        try {
            while (true) {
                Life life = live();
                if (life == null) {
                    return;
                }
                if (life.restarted()) {
                    backoff = Backoff.fresh();
                    continue;
                }
                backoff = backoff.afterLife(life.ready());
                say("ended with exit code " + life.exitCode() + "; starting it again in "
                        + backoff.delay().toSeconds() + " s");
                pause(backoff.delay());
                backoff = backoff.doubled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One life of the process; null where it ended because it was asked to, or must not begin. */
    private @Nullable Life live() throws InterruptedException {
        long begun = System.nanoTime();
        Process started = begin();
        if (started == null) {
            return isStopping() ? null : ended(-1, Duration.ZERO);
        }
        boolean ready = awaitReady(started, begun);
        long readyAt = System.nanoTime();
        int exitCode = started.waitFor();
        return ended(exitCode, ready ? Duration.ofNanos(System.nanoTime() - readyAt) : Duration.ZERO);
    }

    private @Nullable Process begin() {
        synchronized (this) {
            if (stopping) {
                return null;
            }
            beginAttempt();
            try {
                process = launch();
            } catch (IOException e) {
                say("cannot be started: " + e.getMessage());
                return null;
            }
            startMillis = Processes.startMillis(process.toHandle());
            progress = Progress.STARTING;
        }
        changed.run();
        return process;
    }

    private synchronized void beginAttempt() {
        readyLine = false;
        attempts++;
        if (restarting) {
            // What it was before is forgotten: whoever asked wants to know how it is from now on.
            restarting = false;
            everReady = false;
            deathsBeforeReady = 0;
        }
        notifyAll();
    }

    private Process launch() throws IOException {
        // Ctrl-C reaches every process of the terminal at once. Ours ignore it, so that the supervisor ends them in
        // order; exec keeps the process id.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", spec.name()));
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        ClientVariables.removeFrom(builder.environment());
        builder.environment().putAll(spec.environment());
        Process started = builder.start();
        Thread.ofPlatform().daemon().name("log-" + spec.name()).start(() -> pump(started));
        return started;
    }

    private void pump(Process started) {
        try (var reader = started.inputReader()) {
            var lines = new LineReader(reader);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (spec.readiness() instanceof ServiceSpec.Readiness.Line marker && line.startsWith(marker.start())) {
                    readyLine = true;
                }
                log.line(spec.name(), line);
            }
        } catch (IOException e) {
            say("its output cannot be read any more: " + e.getMessage());
        }
    }

    private boolean awaitReady(Process started, long begun) throws InterruptedException {
        while (!answersReady()) {
            if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        synchronized (this) {
            progress = Progress.READY;
            everReady = true;
        }
        say("is ready after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
        changed.run();
        return true;
    }

    private boolean answersReady() {
        return switch (spec.readiness()) {
            case ServiceSpec.Readiness.Line marker -> readyLine;
            case ServiceSpec.Readiness.Health health -> HealthCheck.isReady(health.url());
        };
    }

    private @Nullable Life ended(int exitCode, Duration ready) {
        boolean last;
        boolean restarted;
        synchronized (this) {
            process = null;
            progress = Progress.DOWN;
            deathsBeforeReady++;
            last = stopping;
            restarted = restarting;
        }
        changed.run();
        return last ? null : new Life(exitCode, ready, restarted);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void pause(Duration delay) throws InterruptedException {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0 && !stopping && !restarting; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Ends the process, gracefully within the limit, and does not start it again; blocks until it has ended. */
    void stop(Duration limit) throws InterruptedException {
        Process running;
        synchronized (this) {
            stopping = true;
            notifyAll();
            running = process;
        }
        end(running, limit);
        thread.join(limit);
    }

    /** Ends the process, gracefully within the limit; blocks until it is started again, or is not because of a stop. */
    void restart(Duration limit) throws InterruptedException {
        Process running;
        int before;
        synchronized (this) {
            restarting = true;
            notifyAll();
            running = process;
            before = attempts;
        }
        end(running, limit);
        synchronized (this) {
            while (attempts == before && !stopping) {
                wait();
            }
        }
    }

    private void end(@Nullable Process running, Duration limit) throws InterruptedException {
        if (running != null && !Processes.end(running.toHandle(), limit)) {
            say("did not end within " + limit.toSeconds() + " s and was killed");
        }
    }

    private void say(String what) {
        log.line("realtime", spec.name() + " " + what);
    }
}
