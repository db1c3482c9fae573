package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a filter with wildcards selects, on one event loop. It is registered with every partition and open when all have
 * answered; each partition has its own place, a log position.
 */
final class FilterFeed {
    private static final long UNREGISTERED = -2;

    private final Hub hub;
    private final ChannelFilter filter;
    private final List<FilterSubscription> subscriptions = new ArrayList<>();
    private final long[] reached;
    private boolean open;
    private @Nullable String cursor;

    FilterFeed(Hub hub, ChannelFilter filter) {
        this.hub = hub;
        this.filter = filter;
        this.reached = new long[hub.partitions()];
        Arrays.fill(reached, UNREGISTERED);
    }

    ChannelFilter filter() {
        return filter;
    }

    /** The log position that deliveries of a partition have reached. */
    long reached(int partition) {
        return reached[partition];
    }

    /** Asks every owner for deliveries. */
    void register() {
        hub.interest().registerFilter(filter, hub.loop(), this::registered);
    }

    /** Deliveries of a partition were lost, or may have been: what comes next says nothing of what came before. */
    void recover(int partition) {
        List.copyOf(subscriptions).forEach(subscription -> subscription.fallBehind(partition));
        ask(partition);
    }

    private void ask(int partition) {
        hub.interest().registerFilter(filter, partition, hub.loop(), this::registered);
    }

    /** All that the filter selects of a partition up to this log position has come. */
    void watermark(int partition, long logPosition) {
        if (reached[partition] != UNREGISTERED && logPosition > reached[partition]) {
            reached[partition] = logPosition;
            cursor = null;
            subscriptions.forEach(subscription -> subscription.watermark(partition, logPosition));
        }
    }

    private void registered(int partition, long logPosition, Reply reply) {
        switch (reply) {
            case Reply.Subscribed subscribed -> opened(partition, logPosition);
            case Reply.Refused(Problem problem) -> refused(partition, problem);
            default -> refused(partition, Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    private void opened(int partition, long logPosition) {
        boolean missed = open && logPosition > reached[partition];
        reached[partition] = Math.max(reached[partition], logPosition);
        cursor = null;
        if (missed) {
            List.copyOf(subscriptions).forEach(subscription -> subscription.fallBehind(partition));
        } else if (!open && Arrays.stream(reached).noneMatch(place -> place == UNREGISTERED)) {
            open = true;
            List.copyOf(subscriptions).forEach(FilterSubscription::begin);
        }
    }

    private void refused(int partition, Problem problem) {
        if (open && problem.retryable()) {
            hub.retries().later(this, partition, () -> {
                if (!subscriptions.isEmpty()) {
                    ask(partition);
                }
            });
            return;
        }
        List.copyOf(subscriptions).forEach(subscription -> subscription.fail(problem));
    }

    /** Takes a delivery of a channel that the filter selects; they come in the partition's order. */
    void publication(int partition, long logPosition, SharedMessage message, Instant now) {
        if (reached[partition] == UNREGISTERED || logPosition <= reached[partition]) {
            return;
        }
        reached[partition] = logPosition;
        cursor = null;
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).live(partition, logPosition, message, now);
        }
    }

    /** The cursor of a subscription that is live in every partition: made once for all of them. */
    String cursor() {
        String made = cursor;
        if (made == null) {
            made = FilterCursor.encode(reached);
            cursor = made;
        }
        return made;
    }

    boolean isAt(long[] places) {
        return Arrays.equals(reached, places);
    }

    long[] places() {
        return reached.clone();
    }

    /** Takes a message of an ephemeral channel; a filter takes them at any time, for they have no place. */
    void ephemeral(SharedMessage message, Instant now) {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).ephemeral(message, now);
        }
    }

    void join(FilterSubscription subscription) {
        subscriptions.add(subscription);
        if (open) {
            subscription.begin();
        }
    }

    void leave(FilterSubscription subscription) {
        subscriptions.remove(subscription);
        if (subscriptions.isEmpty()) {
            hub.remove(this);
            hub.interest().release(filter);
        }
    }
}
