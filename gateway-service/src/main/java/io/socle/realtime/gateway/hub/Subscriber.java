package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One link's part of the hub: its outbox, its subscriptions and their recovery. At most one page is asked for at a time,
 * and only when the outbox is empty, so a link that recovers holds at most one page beyond its outbox. Confined to the
 * link's event loop.
 */
public final class Subscriber {
    /** Seconds without reading anything after which a client may be cut off where memory is short. */
    static final int STALLED_TICKS = 10;

    private final Hub hub;
    private final Outbox outbox;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final ArrayDeque<Subscription> behind = new ArrayDeque<>();
    private boolean reading;
    private boolean closed;
    private long writtenBefore;
    private int idleTicks;

    Subscriber(Hub hub, Outbox outbox) {
        this.hub = hub;
        this.outbox = outbox;
    }

    public Subscription subscribe(SubscriptionRequest request) {
        Subscription subscription = hub.subscribe(request, this);
        if (!subscription.isEnded()) {
            subscriptions.add(subscription);
        }
        return subscription;
    }

    public void unsubscribe(Subscription subscription) {
        subscription.end();
        subscriptions.remove(subscription);
    }

    /** Ends a durable subscription and has it forgotten. */
    public void delete(Subscription subscription, ReplyHandler handler) {
        subscription.delete(handler);
        unsubscribe(subscription);
    }

    /** Time has passed: called about once a second. */
    public void tick() {
        hub.readClock();
        List.copyOf(subscriptions).forEach(subscription -> subscription.tick(hub.now()));
        tellReached();
        boolean idle = !outbox.isEmpty() && outbox.written() == writtenBefore;
        idleTicks = idle ? idleTicks + 1 : 0;
        writtenBefore = outbox.written();
    }

    /** With nothing waiting, what subscriptions have taken is what was written. */
    private void tellReached() {
        if (outbox.isEmpty() && outbox.follows()) {
            subscriptions.forEach(subscription -> {
                String place = subscription.place();
                if (place != null) {
                    outbox.reached(subscription, place);
                }
            });
        }
    }

    /** Whether the client holds what others need: it asks for more than it reads, or reads nothing while memory is short. */
    public boolean isInTheWay() {
        return outbox.repliesOverflow()
                || (idleTicks >= STALLED_TICKS && hub.budget().isShort());
    }

    public Outbox outbox() {
        return outbox;
    }

    /** The link takes more: writes what waits, then goes on with recoveries. */
    public void writable() {
        hub.readClock();
        outbox.drain();
        if (outbox.isEmpty()) {
            subscriptions.forEach(Subscription::tellDropped);
            recover();
            outbox.flush();
        }
    }

    /** The link is gone. */
    public void close() {
        closed = true;
        behind.clear();
        List.copyOf(subscriptions).forEach(Subscription::end);
        subscriptions.clear();
        outbox.clear();
    }

    Hub hub() {
        return hub;
    }

    /** A subscription has fallen behind and wants a page when it is its turn. */
    void behind(Subscription subscription) {
        if (!behind.contains(subscription)) {
            behind.add(subscription);
        }
        recover();
    }

    private void recover() {
        while (!closed && !reading && outbox.isOpen() && !behind.isEmpty()) {
            Subscription subscription = behind.poll();
            if (!subscription.isEnded() && subscription.wantsPage()) {
                reading = true;
                subscription.read((partition, logPosition, reply) -> arrived(subscription, partition, reply));
            }
        }
    }

    private void arrived(Subscription subscription, int partition, Reply reply) {
        reading = false;
        if (!closed && !subscription.isEnded()) {
            subscription.page(partition, reply);
            if (subscription.wantsPage() && !behind.contains(subscription)) {
                behind.add(subscription);
            }
        }
        recover();
        outbox.flush();
    }
}
