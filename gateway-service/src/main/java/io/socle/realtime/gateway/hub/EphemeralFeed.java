package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What one channel or filter of an ephemeral namespace brings to one event loop: no places, so nothing to recover. It is
 * registered with each owner concerned, and open when all have answered.
 */
final class EphemeralFeed {
    private final Hub hub;
    private final ChannelFilter filter;
    private final List<EphemeralSubscription> subscriptions = new ArrayList<>();
    private final BitSet unanswered = new BitSet();

    EphemeralFeed(Hub hub, ChannelFilter filter) {
        this.hub = hub;
        this.filter = filter;
        hub.interest().partitions(filter).forEach(unanswered::set);
    }

    ChannelFilter filter() {
        return filter;
    }

    /** Asks every owner concerned for messages; also after it may have forgotten. */
    void register() {
        hub.interest().partitions(filter).forEach(this::ask);
    }

    /** Asks the owner of a partition, where it is concerned. */
    void register(int partition) {
        hub.interest()
                .partitions(filter)
                .filter(concerned -> concerned == partition)
                .forEach(this::ask);
    }

    private void ask(int partition) {
        hub.interest()
                .registerEphemeral(
                        filter, partition, hub.loop(), (from, logPosition, reply) -> registered(partition, reply));
    }

    private void registered(int partition, Reply reply) {
        switch (reply) {
            case Reply.Subscribed subscribed -> opened(partition);
            case Reply.Refused(Problem problem) -> refused(partition, problem);
            default -> refused(partition, Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    private void opened(int partition) {
        unanswered.clear(partition);
        if (isOpen()) {
            List.copyOf(subscriptions).forEach(EphemeralSubscription::begin);
        }
    }

    private boolean isOpen() {
        return unanswered.isEmpty();
    }

    private void refused(int partition, Problem problem) {
        if (isOpen() && problem.retryable()) {
            hub.retries().later(this, partition, () -> {
                if (!subscriptions.isEmpty()) {
                    register(partition);
                }
            });
            return;
        }
        List.copyOf(subscriptions).forEach(subscription -> subscription.fail(problem));
    }

    void message(SharedMessage message, Instant now) {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).ephemeral(message, now);
        }
    }

    void join(EphemeralSubscription subscription) {
        subscriptions.add(subscription);
        if (isOpen()) {
            subscription.begin();
        }
    }

    void leave(EphemeralSubscription subscription) {
        subscriptions.remove(subscription);
        if (subscriptions.isEmpty()) {
            hub.remove(this);
            hub.interest().release(filter);
        }
    }
}
