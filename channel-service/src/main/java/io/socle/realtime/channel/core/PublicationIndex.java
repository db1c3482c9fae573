package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Policies.Policy;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The partition's publications in log order: what filters replay, and the queue in which message ids are forgotten.
 * Both windows end at the same side, and the window of ids never reaches further back than the index.
 */
final class PublicationIndex {
    private final Tables tables;
    private final RecentIds ids = new RecentIds();
    private final long capacity;

    /** Reads the window of ids. */
    PublicationIndex(Tables tables, long capacity, PartitionState state) {
        this.tables = tables;
        this.capacity = capacity;
        tables.index().ascend(state.window().first(), Long.MAX_VALUE, (at, entry) -> {
            ids.put(hash(entry), at);
            return true;
        });
    }

    private static long hash(IndexEntry entry) {
        return RecentIds.hash(entry.channel(), entry.messageId());
    }

    PartitionState append(PartitionState state, IndexEntry entry) {
        long at = state.lastPosition();
        tables.index().put(at, entry);
        ids.put(hash(entry), at);
        return state.published();
    }

    /** The publication of a message id in a channel's present life, if that is within the window. */
    @Nullable
    IndexEntry find(PartitionState state, RealtimeMessage message, @Nullable ChannelState channel, Policies policies) {
        String name = message.channel().value();
        long at = ids.get(RecentIds.hash(name, message.id()));
        IndexEntry entry = at == RecentIds.NONE || channel == null || !channel.began(at)
                ? null
                : tables.index().get(at);
        if (entry == null
                || !entry.messageId().equals(message.id())
                || !entry.channel().equals(name)) {
            return null;
        }
        long age = state.clock() - entry.time();
        return age <= policies.deduplication().age().toMillis() ? entry : null;
    }

    /**
     * Forgets what is beyond the windows. By age it looks once a second of log time; by count only after some more than
     * the window came together, because opening an iterator costs more than a deletion.
     */
    PartitionState evict(PartitionState state, long previousClock, Policies policies) {
        boolean secondPassed = state.clock() / 1000 != previousClock / 1000;
        PartitionState evicted = evictIds(state, secondPassed, policies);
        return evictEntries(evicted, secondPassed, policies);
    }

    private PartitionState evictIds(PartitionState state, boolean secondPassed, Policies policies) {
        long most = Math.min(capacity, policies.deduplication().publications());
        long oldest = state.clock() - policies.deduplication().age().toMillis();
        if (!secondPassed && state.window().count() <= most + slack(most)) {
            return state;
        }
        List<Map.Entry<Long, IndexEntry>> gone =
                leaving(state.window().first(), Long.MAX_VALUE, state.window().count() - most, oldest);
        gone.forEach(each -> ids.remove(hash(each.getValue()), each.getKey()));
        return gone.isEmpty()
                ? state
                : state.withWindow(
                        state.window().without(gone.size(), gone.getLast().getKey()));
    }

    private PartitionState evictEntries(PartitionState state, boolean secondPassed, Policies policies) {
        long oldest = state.clock() - longestAge(policies);
        if (!secondPassed && state.index().count() <= capacity + slack(capacity)) {
            return state;
        }
        List<Map.Entry<Long, IndexEntry>> gone = leaving(
                state.index().first(), state.window().first() - 1, state.index().count() - capacity, oldest);
        gone.forEach(each -> tables.index().delete(each.getKey()));
        if (gone.isEmpty()) {
            return state;
        }
        Map.Entry<Long, IndexEntry> last = gone.getLast();
        return state.withIndex(
                state.index().without(gone.size(), last.getKey()),
                last.getValue().time());
    }

    private static long slack(long most) {
        return Math.min(1024, most / 8);
    }

    private static long longestAge(Policies policies) {
        long longest = Math.max(
                policies.deduplication().age().toMillis(),
                policies.fallback().historyAge().toMillis());
        for (Policy policy : policies.byNamespace().values()) {
            longest = Math.max(longest, policy.historyAge().toMillis());
        }
        return longest;
    }

    /** The first entries of a range: so many as are too many, and then those older than a time. */
    private List<Map.Entry<Long, IndexEntry>> leaving(long from, long to, long tooMany, long oldest) {
        List<Map.Entry<Long, IndexEntry>> gone = new ArrayList<>();
        if (from > to) {
            return gone;
        }
        tables.index().ascend(from, to, (at, entry) -> {
            boolean leaves =
                    gone.size() < Bounds.EVICTIONS_PER_COMMAND && (gone.size() < tooMany || entry.time() < oldest);
            if (leaves) {
                gone.add(Map.entry(at, entry));
            }
            return leaves;
        });
        return gone;
    }

    /** The lowest log position that was logged at a time or later, by bisection; beyond the last where there is none. */
    long firstSince(PartitionState state, long time) {
        long low = state.index().first();
        long high = state.lastPosition() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeAtOrAfter(middle, state.lastPosition()) >= time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long timeAtOrAfter(long logPosition, long last) {
        long[] time = {Long.MAX_VALUE};
        tables.index().ascend(logPosition, last, (at, entry) -> {
            time[0] = entry.time();
            return false;
        });
        return time[0];
    }
}
