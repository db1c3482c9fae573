package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One subscription of one link; confined to the link's event loop. */
public abstract sealed class Subscription permits ChannelSubscription, FilterSubscription, EphemeralSubscription {
    private final SubscriptionRequest request;
    private final Subscriber subscriber;
    private boolean announced;
    private boolean ended;
    private long droppedCount;

    Subscription(SubscriptionRequest request, Subscriber subscriber) {
        this.request = request;
        this.subscriber = subscriber;
    }

    /** The client's name for it. */
    public final String name() {
        return request.name();
    }

    public final SubscriptionRequest request() {
        return request;
    }

    /** The client has everything up to the cursor. */
    public abstract void ack(String cursor);

    /** For a durable subscription that stands, whether it was there before; null for others. */
    public @Nullable Boolean existed() {
        return null;
    }

    /** Time has passed: called about once a second. */
    void tick(Instant now) {}

    /** Has a durable subscription forgotten; the handler is told of the owner's decision. */
    void delete(ReplyHandler handler) {
        Problem problem = new Problem(FailureCode.INVALID_VALUE, "the subscription is not durable");
        handler.replied(-1, -1, new Reply.Refused(problem));
    }

    /** Up to where it has taken everything; null where it does not stand yet, or has no places. */
    @Nullable
    String place() {
        return null;
    }

    /** Whether the message at a place is known to have been sent before. */
    boolean wasDelivered(long place) {
        return false;
    }

    /** Stops; nothing of it is written afterwards. */
    public final void end() {
        if (!ended) {
            ended = true;
            leave();
        }
    }

    public final boolean isEnded() {
        return ended;
    }

    /** Leaves the feed. */
    abstract void leave();

    /** Asks the owner for the next page; the handler is called once. */
    abstract void read(ReplyHandler handler);

    /** Takes the page, or the failure, that a read brought. */
    abstract void page(int partition, Reply reply);

    /** Whether a page is wanted now. */
    abstract boolean wantsPage();

    /** Tells the client of every place up to this one that was not written and will not be. */
    abstract void accountFor(long through, Link link);

    /** A message at this place was written. */
    abstract void wrote(long place);

    /** A waiting message was given up. */
    abstract void lose(SharedMessage message, long place, @Nullable String cursor);

    final Subscriber subscriber() {
        return subscriber;
    }

    final Outbox outbox() {
        return subscriber.outbox();
    }

    final boolean conflates() {
        return request.overflow() == Overflow.CONFLATE;
    }

    final boolean dropsOldest() {
        return request.overflow() == Overflow.DROP_OLDEST;
    }

    /** Whether this subscriber may have the message and it is still worth delivering (clause WS-21). */
    final boolean owed(SharedMessage shared, Instant now) {
        var message = shared.message();
        if (!message.privacy().mayReceive(request.subject())) {
            return false;
        }
        return message.expiry() == null || now.isBefore(message.expiry());
    }

    /** Makes room by dropping; true if the message may be offered again. */
    final boolean makeRoom() {
        return dropsOldest() && outbox().dropOldest() != null;
    }

    /** Takes a message of an ephemeral channel: it has no place, so where there is no room one is dropped. */
    final void ephemeral(SharedMessage message, Instant now) {
        if (!announced || ended || !owed(message, now)) {
            return;
        }
        while (!outbox().offer(this, message, null, 0)) {
            if (!makeRoom()) {
                droppedCount++;
                subscriber.hub().metrics().dropped();
                return;
            }
        }
        subscriber.hub().touched(outbox());
    }

    final void dropped(SharedMessage message, long place, @Nullable String cursor) {
        droppedCount++;
        lose(message, place, cursor);
        subscriber.hub().metrics().dropped();
    }

    /** Tells how many were dropped since it was told last. */
    final void tellDropped() {
        if (droppedCount > 0 && !ended) {
            slow(ServerFrame.SlowPolicy.DROP_OLDEST, droppedCount);
            droppedCount = 0;
        }
    }

    final void slow(ServerFrame.SlowPolicy policy, long count) {
        outbox().push(new ServerFrame.Slow(name(), policy, count));
    }

    /** Tells the session once that the subscription stands. */
    final void opened(@Nullable String cursor) {
        if (!announced) {
            announced = true;
            request.events().opened(this, cursor);
        }
    }

    final boolean isOpened() {
        return announced;
    }

    /** Ends it because of a failure: refused if it never stood, ended otherwise. */
    final void fail(Problem problem) {
        if (ended) {
            return;
        }
        end();
        request.events().failed(this, problem, announced);
    }
}
