package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One channel's deliveries on one event loop: drops repeats, notices holes, hands on to the subscriptions. */
final class ChannelFeed {
    private final Hub hub;
    private final ChannelName channel;
    private final List<ChannelSubscription> subscriptions = new ArrayList<>();
    private boolean open;
    private long epoch;
    private long head;

    ChannelFeed(Hub hub, ChannelName channel) {
        this.hub = hub;
        this.channel = channel;
    }

    ChannelName channel() {
        return channel;
    }

    boolean isOpen() {
        return open;
    }

    /** The last place that deliveries have reached. */
    Position head() {
        return new Position(epoch, head);
    }

    long epoch() {
        return epoch;
    }

    /** Asks the owner for deliveries; also after deliveries were lost, and then what was missed is recovered. */
    void register() {
        hub.interest()
                .registerChannel(channel, hub.loop(), (partition, logPosition, reply) -> registered(partition, reply));
    }

    private void registered(int partition, Reply reply) {
        switch (reply) {
            case Reply.Subscribed(Position at) when at != null -> opened(at);
            case Reply.Refused(Problem problem) -> refused(partition, problem);
            default -> refused(partition, Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    private void opened(Position at) {
        if (open && at.epoch() != epoch) {
            end();
            return;
        }
        boolean missed = open && at.offset() > head;
        open = true;
        epoch = at.epoch();
        head = missed ? at.offset() : Math.max(head, at.offset());
        for (ChannelSubscription subscription : List.copyOf(subscriptions)) {
            if (subscription.isOpened() && missed) {
                subscription.fallBehind();
            } else if (!subscription.isOpened()) {
                subscription.begin();
            }
        }
    }

    private void refused(int partition, Problem problem) {
        if (open && problem.retryable()) {
            hub.retries().later(this, partition, () -> {
                if (!subscriptions.isEmpty()) {
                    register();
                }
            });
            return;
        }
        List.copyOf(subscriptions).forEach(subscription -> subscription.fail(problem));
    }

    /**
     * Takes a delivery; they come in the log's order. Before the feed is open they are dropped: the head that opens it
     * comes after them and covers them.
     */
    void publication(SharedMessage message, Position position, Instant now) {
        if (!open || (position.epoch() == epoch && position.offset() <= head)) {
            return;
        }
        if (position.epoch() != epoch) {
            end();
            return;
        }
        boolean contiguous = position.offset() == head + 1;
        head = position.offset();
        if (contiguous) {
            for (int i = 0; i < subscriptions.size(); i++) {
                subscriptions.get(i).live(message, position.offset(), now);
            }
        } else {
            hub.metrics().gap();
            List.copyOf(subscriptions).forEach(ChannelSubscription::fallBehind);
        }
    }

    /**
     * The channel of an epoch is gone. A feed that is not open, or of a later epoch, has nothing of it: deliveries come again
     * after an owner's crash.
     */
    void deleted(long deletedEpoch) {
        if (open && deletedEpoch == epoch) {
            end();
        }
    }

    /** What follows is another channel, also where nobody told of the deletion: positions of this one mean nothing there. */
    private void end() {
        List.copyOf(subscriptions).forEach(ChannelSubscription::channelDeleted);
    }

    /** An attachment is over; whose it was is told by its generation. */
    void durableEnded(long generation, Problem problem) {
        List.copyOf(subscriptions).forEach(subscription -> subscription.durableEnded(generation, problem));
    }

    /** Takes a message of an ephemeral channel; a channel that another node takes for ephemeral takes them at any time, for they have no place. */
    void ephemeral(SharedMessage message, Instant now) {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).ephemeral(message, now);
        }
    }

    void join(ChannelSubscription subscription) {
        subscriptions.add(subscription);
        if (open) {
            subscription.begin();
        }
    }

    void leave(ChannelSubscription subscription) {
        subscriptions.remove(subscription);
        if (subscriptions.isEmpty()) {
            hub.remove(this);
            hub.interest().release(ChannelFilter.of(channel));
        }
    }
}
