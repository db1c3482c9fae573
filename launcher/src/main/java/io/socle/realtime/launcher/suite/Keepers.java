package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The keepers of all processes of one suite; starts and ends several at once. Thread safe. */
final class Keepers {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** Processes that start at once share the machine's cores. */
    private static final Duration MORE_FOR_EACH = Duration.ofSeconds(10);

    private static final int MOST_EARLY_DEATHS = 3;
    /** The broker is the first: whoever ends all of them ends it last. */
    private static final Comparator<Keeper> ORDER = Comparator.comparing(
            Keeper::instance, Comparator.comparing(Instance::part).thenComparing(Instance::number));

    private final Path directory;
    private final MergedLog log;
    private final Path logFile;
    private final Runnable changed;
    private final List<Keeper> keepers = new ArrayList<>();
    private boolean closed;

    /** Calls {@code changed} after each change of what {@link #all()} and its entries tell. */
    Keepers(Path directory, MergedLog log, Path logFile, Runnable changed) {
        this.directory = directory;
        this.log = log;
        this.logFile = logFile;
        this.changed = changed;
    }

    /** Starts all; returns when all are ready, or when {@link #close} was called; throws Refusal where it is hopeless. */
    void start(List<ServiceSpec> specs) throws InterruptedException {
        var started = new ArrayList<Keeper>();
        for (ServiceSpec spec : specs) {
            log.line("realtime", "starting " + spec.name() + portText(spec));
            var keeper = new Keeper(spec, directory, log, this::announce);
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
        if (!closed) {
            keepers.add(keeper);
            keepers.sort(ORDER);
        }
        return !closed;
    }

    /** Tells everybody who waits or listens that something has changed. */
    void announce() {
        synchronized (this) {
            notifyAll();
        }
        changed.run();
    }

    /** Returns when all are ready, or when {@link #close} was called; throws Refusal where it is hopeless. */
    void awaitReady(List<Keeper> started) throws InterruptedException {
        var limit = START_LIMIT.plus(MORE_FOR_EACH.multipliedBy(started.size()));
        long end = System.nanoTime() + limit.toNanos();
        while (!started.stream().allMatch(Keeper::isReady)) {
            if (isClosed()) {
                return;
            }
            refuseHopeless(started);
            if (System.nanoTime() > end) {
                throw new Refusal(names(started) + " did not become ready within " + limit.toSeconds() + " s; see "
                        + logFile + ".");
            }
            synchronized (this) {
                wait(100);
            }
        }
    }

    private static String names(List<Keeper> started) {
        return started.stream()
                .filter(keeper -> !keeper.isReady())
                .map(Keeper::name)
                .collect(Collectors.joining(", "));
    }

    private void refuseHopeless(List<Keeper> started) {
        for (Keeper keeper : started) {
            if (keeper.deathsBeforeReady() >= MOST_EARLY_DEATHS) {
                throw new Refusal(keeper.name() + " ended " + MOST_EARLY_DEATHS
                        + " times before it was ready; what it said is in " + logFile + ".");
            }
        }
    }

    /** By part and number. */
    synchronized List<Keeper> all() {
        return List.copyOf(keepers);
    }

    /** Ends one for good, gracefully within the limit. */
    void remove(Keeper keeper, Duration limit) throws InterruptedException {
        log.line("realtime", "ending " + keeper.name());
        keeper.stop(limit);
        synchronized (this) {
            keepers.remove(keeper);
        }
        announce();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on nothing is started, and nobody waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Ends several at once, gracefully within the limit, and returns when they have ended. */
    static void stop(List<Keeper> some, Duration limit) throws InterruptedException {
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
}
