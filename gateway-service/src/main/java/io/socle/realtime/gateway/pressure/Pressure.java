package io.socle.realtime.gateway.pressure;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The load of all partitions as this node knows it (clauses FLO-6 to FLO-9); safe for use by all threads. */
public final class Pressure {
    /** Bounds of the advice when to come back. */
    static final Duration SHORTEST_ADVICE = Duration.ofMillis(100);

    static final Duration LONGEST_ADVICE = Duration.ofSeconds(10);
    /** Advice is longer by a random part up to this share, so that those refused together do not come back together. */
    private static final double SPREAD = 0.5;

    private final PressureLimits limits;
    private final LongSupplier nanoClock;
    private final DoubleSupplier random;
    private final ConcurrentHashMap<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private volatile Set<Integer> lagging = Set.of();

    /** One partition; its monitor guards both. */
    private record Partition(PartitionLoad load, LagSignal signal) {}

    /**
     * A partition begins or ceases to lag.
     *
     * @param lag the wait that a publish has to expect now
     */
    public record Change(int partition, boolean lagging, Duration lag, int undecided) {}

    /**
     * What publishers to some partitions are told.
     *
     * @param retryAfter when a publish is worth another try; null where publishes are taken
     */
    public record Outlook(Duration lag, @Nullable Duration retryAfter) {}

    /**
     * Makes it.
     *
     * @param random numbers from 0 to 1, for the spread of advice
     */
    public Pressure(PressureLimits limits, LongSupplier nanoClock, DoubleSupplier random) {
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    private Partition partition(int partition) {
        return partitions.computeIfAbsent(partition, any -> {
            long now = nanoClock.getAsLong();
            return new Partition(
                    new PartitionLoad(limits.publishWait().toNanos(), now),
                    new LagSignal(limits.publishLag().toNanos(), now));
        });
    }

    /** Why a publish may not be sent to a partition now; null where it may. */
    public @Nullable Problem refusal(int partition) {
        Partition of = partition(partition);
        synchronized (of) {
            long now = nanoClock.getAsLong();
            return of.load.admits(now) ? null : Problem.later(FailureCode.OVERLOADED, advice(of.load.retryAfter(now)));
        }
    }

    /** A refusal for want of room on this node, with the same advice. */
    public Problem noRoom(int partition) {
        return Problem.later(FailureCode.OVERLOADED, advice(ask(partition, load -> load.retryAfter(now()))));
    }

    private Duration advice(long nanos) {
        long spread = (long) (Math.max(nanos, SHORTEST_ADVICE.toNanos()) * (1 + SPREAD * random.getAsDouble()));
        return Duration.ofNanos(Math.min(spread, LONGEST_ADVICE.toNanos()));
    }

    public void sent(int partition, long request) {
        Partition of = partition(partition);
        synchronized (of) {
            of.load.sent(request, now());
        }
    }

    public void logged(int partition, long request, long position) {
        Partition of = partition(partition);
        synchronized (of) {
            of.load.logged(request, position);
        }
    }

    public void decided(int partition, long request, long position) {
        Partition of = partition(partition);
        synchronized (of) {
            of.load.decided(request, position, now());
        }
    }

    public void progressed(int partition, long position) {
        Partition of = partition(partition);
        synchronized (of) {
            of.load.progressed(position, now());
        }
    }

    public void abandoned(int partition, long request) {
        Partition of = partition(partition);
        synchronized (of) {
            of.load.abandoned(request);
        }
    }

    private long now() {
        return nanoClock.getAsLong();
    }

    private long ask(int partition, ToLongFunction<PartitionLoad> question) {
        Partition of = partition(partition);
        synchronized (of) {
            return question.applyAsLong(of.load);
        }
    }

    /** Looks at every partition; called a few times a second by one thread. Returns which began or ceased to lag. */
    public List<Change> check() {
        List<Change> changes = new ArrayList<>();
        partitions.forEach((number, of) -> {
            synchronized (of) {
                long now = now();
                long wait = of.load.expectedWait(now);
                if (of.signal.observe(wait, now)) {
                    changes.add(new Change(number, of.signal.isOn(), Duration.ofNanos(wait), of.load.undecided()));
                }
            }
        });
        if (!changes.isEmpty()) {
            lagging = partitions.entrySet().stream()
                    .filter(entry -> entry.getValue().signal.isOn())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
        return changes;
    }

    /** The partitions that lag, as of the last check. */
    public Set<Integer> lagging() {
        return lagging;
    }

    /** The longest wait that publishes to some partitions have to expect now. */
    public Outlook outlook(Iterable<Integer> of) {
        long wait = 0;
        for (int partition : of) {
            wait = Math.max(wait, ask(partition, load -> load.expectedWait(now())));
        }
        long limit = limits.publishWait().toNanos();
        return new Outlook(Duration.ofNanos(wait), wait > limit ? advice(wait - limit / 2) : null);
    }

    /** The longest wait that a publish to any partition has to expect now. */
    public Duration longestWait() {
        return outlook(partitions.keySet()).lag();
    }

    /** How many commands are undecided. */
    public int undecided() {
        return partitions.keySet().stream()
                .mapToInt(partition -> (int) ask(partition, PartitionLoad::undecided))
                .sum();
    }
}
