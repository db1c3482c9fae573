package io.socle.realtime.gateway.pressure;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
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
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private volatile Set<Integer> lagging = Set.of();

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
        Partition known = partitions.get(partition);
        if (known == null) {
            known = new Partition(
                    new PartitionLoad(limits.publishWait().toNanos(), now()),
                    new LagSignal(limits.publishLag().toNanos(), now()));
            partitions.put(partition, known);
        }
        return known;
    }

    private PartitionLoad load(int partition) {
        return partition(partition).load;
    }

    private long now() {
        return nanoClock.getAsLong();
    }

    /** Why a publish may not be sent to a partition now; null where it may. */
    public synchronized @Nullable Problem refusal(int partition) {
        return load(partition).admits(now()) ? null : noRoom(partition);
    }

    /** A refusal for want of room, whatever the partition's load, with advice. */
    public synchronized Problem noRoom(int partition) {
        return Problem.later(FailureCode.OVERLOADED, advice(load(partition).retryAfter(now())));
    }

    private Duration advice(long nanos) {
        long spread = (long) (Math.max(nanos, SHORTEST_ADVICE.toNanos()) * (1 + SPREAD * random.getAsDouble()));
        return Duration.ofNanos(Math.min(spread, LONGEST_ADVICE.toNanos()));
    }

    /** A command goes to the log. */
    public synchronized void sent(int partition, long request) {
        load(partition).sent(request, now());
    }

    /** The log has taken a command. */
    public synchronized void logged(int partition, long request, long position) {
        load(partition).logged(request, position);
    }

    /** The owner has answered a command. */
    public synchronized void decided(int partition, long request, long position) {
        load(partition).decided(request, position, now());
    }

    /** The owner has dealt with all up to a position, whoever sent it. */
    public synchronized void progressed(int partition, long position) {
        load(partition).progressed(position, now());
    }

    /** Nobody waits for a command any more. */
    public synchronized void abandoned(int partition, long request) {
        load(partition).abandoned(request);
    }

    /** Looks at every partition; called a few times a second. Returns which began or ceased to lag. */
    public synchronized List<Change> check() {
        List<Change> changes = new ArrayList<>();
        partitions.forEach((number, partition) -> {
            long wait = partition.load.expectedWait(now());
            if (partition.signal.observe(wait, now())) {
                changes.add(new Change(
                        number, partition.signal.isOn(), Duration.ofNanos(wait), partition.load.undecided()));
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
    public synchronized Outlook outlook(Collection<Integer> of) {
        long wait = of.stream()
                .mapToLong(partition -> load(partition).expectedWait(now()))
                .max()
                .orElse(0);
        long limit = limits.publishWait().toNanos();
        return new Outlook(Duration.ofNanos(wait), wait > limit ? advice(wait - limit / 2) : null);
    }

    /** The longest wait that a publish to any partition has to expect now. */
    public synchronized Duration longestWait() {
        return outlook(partitions.keySet()).lag();
    }

    /** How many commands are undecided. */
    public synchronized int undecided() {
        return partitions.values().stream()
                .mapToInt(partition -> partition.load.undecided())
                .sum();
    }
}
