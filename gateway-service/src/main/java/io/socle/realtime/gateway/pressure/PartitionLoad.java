package io.socle.realtime.gateway.pressure;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one partition's owner has yet to decide, as this node knows it, and how long one more command would wait: the
 * backlog over the rate at which it shrinks (Little's law), and as long again as nothing has been decided at all. Log
 * positions count the commands of every node, so the load that other gateways make is in it. Time comes with each call,
 * in nanoseconds of any origin, and never goes back.
 */
final class PartitionLoad {
    /** Commands per second that an owner is taken to decide as long as nothing else is known. */
    static final double ASSUMED_RATE = 500;
    /**
     * So few commands say nothing of a rate, because a cold start or a pause of the owner takes as long for one as for many;
     * so few undecided ones of this node are taken as long as decisions come at all. A batch over HTTP is not more.
     */
    static final int FEW = 100;
    /** How many limits may pass without a decision until even few commands are too many. */
    private static final int PATIENCE = 2;
    /** Shorter waits are no measure: a batch of replies would look like an endless rate. */
    private static final long MEASURABLE_NANOS = 100_000_000L;
    /** The oldest command's wait from which the rate meanwhile is the owner's and not the publishers'. */
    private static final long BUSY_NANOS = 250_000_000L;

    /** Longer than owners leave nodes with interest without a word: what was known before is no news any more. */
    private static final long FRESH_NANOS = 2_000_000_000L;

    private static final long UNKNOWN = -1;
    private static final double NANOS = 1e9;

    private final long limitNanos;
    private final Map<Long, Sent> undecided = new LinkedHashMap<>();
    private double perSecond = ASSUMED_RATE;
    /** The last log positions that are known to be decided and to be in the log. */
    private long decided = UNKNOWN;

    private long logged = UNKNOWN;
    private int unlogged;
    private long progressAt;

    private static final class Sent {
        final long at;
        final long decidedThen;
        long position = UNKNOWN;

        Sent(long at, long decidedThen) {
            this.at = at;
            this.decidedThen = decidedThen;
        }
    }

    PartitionLoad(long limitNanos, long now) {
        this.limitNanos = limitNanos;
        this.progressAt = now;
    }

    /** A command goes to the log. */
    void sent(long request, long now) {
        if (undecided.isEmpty() && now - progressAt > FRESH_NANOS) {
            // Since then other nodes may have published any number that was decided long ago.
            decided = UNKNOWN;
        }
        undecided.put(request, new Sent(now, decided));
        unlogged++;
    }

    /** The log has taken a command. */
    void logged(long request, long position) {
        logged = Math.max(logged, position);
        Sent sent = undecided.get(request);
        if (sent != null && sent.position == UNKNOWN) {
            sent.position = position;
            unlogged--;
        }
    }

    /** The owner has answered a command. */
    void decided(long request, long position, long now) {
        Sent sent = remove(request);
        progressed(position, now);
        if (sent != null) {
            learn(sent, position, now);
        }
    }

    /** The owner has dealt with all up to a position, whoever sent it. */
    void progressed(long position, long now) {
        if (position > decided) {
            decided = position;
            progressAt = now;
            logged = Math.max(logged, position);
        }
    }

    /** Nobody waits for a command any more: it failed, or its time is over. */
    void abandoned(long request) {
        remove(request);
    }

    private @Nullable Sent remove(long request) {
        Sent sent = undecided.remove(request);
        if (sent != null && sent.position == UNKNOWN) {
            unlogged--;
        }
        return sent;
    }

    /** A short wait gives a lower bound only: perhaps no more was published. A long one for many commands measures. */
    private void learn(Sent sent, long position, long now) {
        if (sent.decidedThen == UNKNOWN) {
            return;
        }
        long waited = now - sent.at;
        double rate = rate(position - sent.decidedThen, Math.max(waited, MEASURABLE_NANOS));
        if (measures(position - sent.decidedThen, waited)) {
            perSecond = rate;
        } else if (rate > perSecond) {
            // Step by step: replies that came all at once after a halt look like more than there is.
            perSecond = Math.min(rate, 2 * perSecond);
        }
    }

    private static boolean measures(long commands, long nanos) {
        return nanos >= BUSY_NANOS && commands >= FEW;
    }

    private static double rate(long commands, long nanos) {
        return Math.max(1, commands) * NANOS / nanos;
    }

    int undecided() {
        return undecided.size();
    }

    /** How long one more command would wait, in nanoseconds; nothing is known, and nothing expected, while none is undecided. */
    long expectedWait(long now) {
        Sent oldest = oldest();
        if (oldest == null) {
            return 0;
        }
        long halted = now - Math.max(progressAt, oldest.at);
        return halted + (long) (backlog() * NANOS / presentRate(oldest));
    }

    private long backlog() {
        long known = decided == UNKNOWN ? 0 : logged - decided + unlogged;
        return Math.max(known, undecided.size());
    }

    /** What was decided while the oldest command waited is the freshest measure there is. */
    private double presentRate(Sent oldest) {
        long span = progressAt - oldest.at;
        return oldest.decidedThen != UNKNOWN && measures(decided - oldest.decidedThen, span)
                ? rate(decided - oldest.decidedThen, span)
                : perSecond;
    }

    /** Owners decide in the log's order: a command that decisions have passed is decided, though its reply never came. */
    private @Nullable Sent oldest() {
        Iterator<Sent> inOrder = undecided.values().iterator();
        while (inOrder.hasNext()) {
            Sent sent = inOrder.next();
            if (sent.position == UNKNOWN || sent.position >= decided) {
                return sent;
            }
            inOrder.remove();
        }
        return null;
    }

    /** Whether one more publish may be sent. With nothing undecided always: it is the probe that ends a refusal. */
    boolean admits(long now) {
        Sent oldest = oldest();
        return oldest == null
                || expectedWait(now) <= limitNanos
                || (undecided.size() < FEW && now - oldest.at <= PATIENCE * limitNanos);
    }

    /** After how long a refused publish will find half of the limit free, as things stand. */
    long retryAfter(long now) {
        return expectedWait(now) - limitNanos / 2;
    }
}
