package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import org.jspecify.annotations.Nullable;

/** A subscription to channels of an ephemeral namespace: what comes while it stands, as far as the link takes it. */
final class EphemeralSubscription extends Subscription {
    private final EphemeralFeed feed;

    EphemeralSubscription(SubscriptionRequest request, Subscriber subscriber, EphemeralFeed feed) {
        super(droppingAtLeast(request), subscriber);
        this.feed = feed;
    }

    /** There is no log to recover from, so a slow client loses the oldest where it did not choose otherwise. */
    private static SubscriptionRequest droppingAtLeast(SubscriptionRequest request) {
        return request.overflow() == Overflow.RECOVER ? request.with(Overflow.DROP_OLDEST) : request;
    }

    /** Why there can be no such subscription; null where there can (clause EPH-4). */
    static @Nullable Problem refusal(SubscriptionRequest request) {
        if (request.durable() != null) {
            return EphemeralNamespaces.refusal("a subscription to an ephemeral channel cannot be durable");
        }
        return request.since() == null && request.maxUnacked() == 0
                ? null
                : EphemeralNamespaces.refusal("an ephemeral channel has no positions to begin from or to acknowledge");
    }

    /** The feed is open. */
    void begin() {
        opened(null);
    }

    @Override
    public void ack(String cursor) {
        throw new ProblemException(EphemeralNamespaces.refusal("an ephemeral channel has nothing to acknowledge"));
    }

    @Override
    void leave() {
        feed.leave(this);
    }

    @Override
    boolean wantsPage() {
        return false;
    }

    @Override
    void read(ReplyHandler handler) {
        throw new IllegalStateException("an ephemeral channel has no pages");
    }

    @Override
    void page(int partition, Reply reply) {
        throw new IllegalStateException("an ephemeral channel has no pages");
    }

    @Override
    void accountFor(long through, Link link) {}

    @Override
    void wrote(long place) {}

    @Override
    void lose(SharedMessage message, long place, @Nullable String cursor) {}
}
