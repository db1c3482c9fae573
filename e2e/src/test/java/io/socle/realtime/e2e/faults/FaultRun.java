package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import io.socle.realtime.e2e.history.HistoryCheck;
import io.socle.realtime.e2e.history.Rules;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * One fault on a loaded suite: it strikes again and again for a while, then everything is healed, has to settle, and what
 * the clients saw is checked. The seed decides the load and the times of the strikes; how processes and networks take
 * them is their own, so a run is alike but not equal when it is repeated.
 */
final class FaultRun {
    private static final Duration FLOW_LIMIT = Duration.ofSeconds(60);
    private static final Duration DECISION_LIMIT = Duration.ofSeconds(40);
    private static final int SOME_MESSAGES = 60;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Suite suite;
    private final SuiteProcesses processes;
    private final Way way;
    private final Fault fault;
    private final long seed;
    private final Duration length;
    private final History history = new History();
    private final Random random;
    private int strikes;

    private FaultRun(Suite suite, SuiteProcesses processes, Way way, Fault fault, long seed, Duration length) {
        this.suite = suite;
        this.processes = processes;
        this.way = way;
        this.fault = fault;
        this.seed = seed;
        this.length = length;
        this.random = new Random(seed);
    }

    /** Runs it on a suite of its stage that is up; throws AssertionError where the suite does not come back. */
    static RunReport of(Suite suite, Fault fault, long seed, Duration length) throws InterruptedException {
        var processes = new SuiteProcesses(suite);
        try (var doors = new Doors(processes)) {
            return new FaultRun(suite, processes, doors, fault, seed, length).run();
        }
    }

    /** The same for clients that go another way. */
    static RunReport of(Suite suite, Way way, Fault fault, long seed, Duration length) throws InterruptedException {
        return new FaultRun(suite, new SuiteProcesses(suite), way, fault, seed, length).run();
    }

    private RunReport run() throws InterruptedException {
        String parent = "faults/%s-%d-%d".formatted(fault.label(), seed, RUNS.incrementAndGet());
        var arena = new Arena(suite, processes, way, random);
        try (var workload = new Workload(() -> suite.through(way.forClient()), parent, seed, history)) {
            workload.start();
            awaitMore(workload);
            strike(arena);
            settle(arena, workload);
            // Before the clients end, which is no part of what happened.
            return report(history.entries());
        }
    }

    /** Returns when some more messages are acknowledged: the load flows, at first and again after the heal. */
    private static void awaitMore(Workload workload) {
        long before = workload.acknowledged();
        Awaitility.await("the load to flow")
                .atMost(FLOW_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> workload.acknowledged() >= before + SOME_MESSAGES);
    }

    private void strike(Arena arena) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        history.add("run", new Event.Struck());
        try {
            do {
                fault.strike(arena);
                strikes++;
                arena.lastBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
            } while (System.nanoTime() < end);
        } finally {
            // Whatever went wrong on the way, nothing stays frozen.
            fault.heal(arena);
            arena.processes().resumeAll();
        }
    }

    private void settle(Arena arena, Workload workload) throws InterruptedException {
        arena.processes().awaitAllReady();
        history.add("run", new Event.Healed());
        awaitMore(workload);
        workload.finishWriting(DECISION_LIMIT);
        workload.awaitCaughtUp(Rules.DEFAULT.catchUp());
        workload.attachAgain(Rules.DEFAULT);
    }

    private RunReport report(List<History.Entry> entries) {
        var violations = HistoryCheck.violations(entries, Rules.DEFAULT);
        return new RunReport(fault, seed, strikes, Counts.of(entries), violations, entries);
    }
}
