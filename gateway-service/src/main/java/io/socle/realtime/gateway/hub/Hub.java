package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.log.RoomSink;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** All feeds and subscribers of one event loop; confined to it. */
public final class Hub {
    /** How long a failed question to an owner rests before it is asked again. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Executor loop;
    private final Owners owners;
    private final NodeInterest interest;
    private final HubMetrics metrics;
    private final InstantSource clock;
    private final DelayedTasks delays;
    private final OutboxBudget budget;
    private final EphemeralNamespaces ephemeral;
    private final PageReads pages;
    private final Map<ChannelName, ChannelFeed> channels = new HashMap<>();
    private final Map<ChannelFilter, FilterFeed> filters = new HashMap<>();
    private final FilterIndex<FilterFeed> filterIndex = new FilterIndex<>();
    private final Map<ChannelFilter, EphemeralFeed> ephemerals = new HashMap<>();
    private final FilterIndex<EphemeralFeed> ephemeralIndex = new FilterIndex<>();
    private final SharedMembers shared = new SharedMembers(this);
    private final Retries retries = new Retries(this);
    private final Set<Outbox> touched = new LinkedHashSet<>();
    private Instant now;
    private int delivered;

    /** Runs something on the hub's loop after a while, so that a failing owner is not asked in a busy loop. */
    @FunctionalInterface
    public interface DelayedTasks {
        void runLater(Executor loop, Duration delay, Runnable task);
    }

    public Hub(
            Executor loop,
            Owners owners,
            NodeInterest interest,
            HubMetrics metrics,
            InstantSource clock,
            DelayedTasks delays,
            OutboxBudget budget,
            EphemeralNamespaces ephemeral) {
        this.loop = loop;
        this.owners = owners;
        this.interest = interest;
        this.metrics = metrics;
        this.clock = clock;
        this.delays = delays;
        this.budget = budget;
        this.ephemeral = ephemeral;
        this.pages = new PageReads(owners, loop, budget);
        this.now = clock.instant();
    }

    /** A new link's part of this hub. */
    public Subscriber subscriber(Link link, OutboxLimits limits) {
        return new Subscriber(this, new Outbox(link, limits, budget));
    }

    /** Hands on what came from the owners since the last turn, then flushes each link once. */
    public void accept(List<Incoming> batch) {
        now = clock.instant();
        for (Incoming incoming : batch) {
            switch (incoming) {
                case Incoming.Publication publication -> accept(publication);
                case Incoming.Ephemeral(SharedMessage message) -> accept(message);
                case Incoming.Watermark(int partition, long logPosition) ->
                    filters.values().forEach(feed -> feed.watermark(partition, logPosition));
                case Incoming.Shared given -> shared.accept(given);
                case Incoming.DurableEnded(Delivery.DurableEnded ended) -> accept(ended);
                case Incoming.ChannelDeleted(Delivery.ChannelDeleted deleted) -> accept(deleted);
                case Incoming.ToPeer(RoomSink sink, Delivery.ToPeer told) -> sink.told(told);
                case Incoming.Answer answer ->
                    answer.handler().replied(answer.partition(), answer.logPosition(), answer.reply());
            }
        }
        metrics.delivered(delivered);
        delivered = 0;
        touched.forEach(Outbox::flush);
        touched.clear();
        shared.flush();
    }

    private void accept(Incoming.Publication publication) {
        SharedMessage shared = publication.message();
        ChannelName channel = shared.message().channel();
        Position position = shared.message().position();
        ChannelFeed feed = channels.get(channel);
        if (feed != null && position != null) {
            feed.publication(shared, position, now);
        }
        filterIndex.forEachMatch(
                channel, filter -> filter.publication(publication.partition(), publication.logPosition(), shared, now));
        // From a node that has not heard yet that the namespace is ephemeral.
        ephemeralIndex.forEachMatch(channel, each -> each.message(shared, now));
    }

    private void accept(SharedMessage ephemeral) {
        ChannelName channel = ephemeral.message().channel();
        ephemeralIndex.forEachMatch(channel, feed -> feed.message(ephemeral, now));
        filterIndex.forEachMatch(channel, filter -> filter.ephemeral(ephemeral, now));
        ChannelFeed feed = channels.get(channel);
        if (feed != null) {
            // This node has not heard yet that the namespace is ephemeral.
            feed.ephemeral(ephemeral, now);
        }
    }

    private void accept(Delivery.DurableEnded ended) {
        ChannelFeed feed = channels.get(ended.channel());
        if (feed != null) {
            feed.durableEnded(ended.generation(), ended.problem());
        }
    }

    private void accept(Delivery.ChannelDeleted deleted) {
        ChannelFeed feed = channels.get(deleted.channel());
        if (feed != null) {
            feed.deleted(deleted.epoch());
        }
    }

    /** Deliveries were lost: every feed asks anew where it is and recovers what it missed. */
    public void resync() {
        List.copyOf(channels.values()).forEach(ChannelFeed::register);
        List.copyOf(ephemerals.values()).forEach(EphemeralFeed::register);
        shared.resync();
        for (int partition = 0; partition < owners.partitions(); partition++) {
            recoverFilters(partition);
        }
    }

    private void recoverFilters(int partition) {
        List.copyOf(filters.values()).forEach(feed -> feed.recover(partition));
    }

    /** Nothing was heard of a partition: its feeds ask anew where they are, for its owner may have forgotten this node. */
    public void resync(int partition) {
        List.copyOf(channels.values()).stream()
                .filter(feed -> owners.partition(feed.channel()) == partition)
                .forEach(ChannelFeed::register);
        List.copyOf(ephemerals.values()).forEach(feed -> feed.register(partition));
        recoverFilters(partition);
    }

    Subscription subscribe(SubscriptionRequest request, Subscriber subscriber) {
        now = clock.instant();
        if (ephemeral.contains(request.filter())) {
            return subscribeEphemeral(request, subscriber);
        }
        return request.filter().isExact()
                ? subscribeChannel(request, subscriber)
                : subscribeFilter(request, subscriber);
    }

    private Subscription subscribeChannel(SubscriptionRequest request, Subscriber subscriber) {
        ChannelName channel = new ChannelName(request.filter().value());
        ChannelFeed feed = channels.get(channel);
        boolean begins = feed == null;
        if (feed == null) {
            feed = new ChannelFeed(this, channel);
            channels.put(channel, feed);
            interest.retain(request.filter());
        }
        ChannelSubscription subscription = new ChannelSubscription(request, subscriber, feed);
        feed.join(subscription);
        if (begins) {
            feed.register();
        }
        return subscription;
    }

    private Subscription subscribeFilter(SubscriptionRequest request, Subscriber subscriber) {
        FilterFeed feed = filters.get(request.filter());
        boolean begins = feed == null;
        if (feed == null) {
            feed = new FilterFeed(this, request.filter());
            filters.put(request.filter(), feed);
            filterIndex.put(request.filter(), feed);
            interest.retain(request.filter());
        }
        FilterSubscription subscription = new FilterSubscription(request, subscriber, feed);
        feed.join(subscription);
        if (begins) {
            feed.register();
        }
        return subscription;
    }

    private Subscription subscribeEphemeral(SubscriptionRequest request, Subscriber subscriber) {
        EphemeralFeed feed = ephemerals.get(request.filter());
        boolean begins = feed == null;
        if (feed == null) {
            feed = new EphemeralFeed(this, request.filter());
            ephemerals.put(request.filter(), feed);
            ephemeralIndex.put(request.filter(), feed);
            interest.retain(request.filter());
        }
        EphemeralSubscription subscription = new EphemeralSubscription(request, subscriber, feed);
        Problem refusal = EphemeralSubscription.refusal(request);
        if (refusal != null) {
            subscription.fail(refusal);
            return subscription;
        }
        feed.join(subscription);
        if (begins) {
            feed.register();
        }
        return subscription;
    }

    void remove(EphemeralFeed feed) {
        ephemerals.remove(feed.filter());
        ephemeralIndex.remove(feed.filter());
    }

    void remove(ChannelFeed feed) {
        channels.remove(feed.channel());
    }

    void remove(FilterFeed feed) {
        filters.remove(feed.filter());
        filterIndex.remove(feed.filter());
    }

    void readChannel(Read.Forward read, ReplyHandler handler) {
        pages.ask(owners.partition(read.channel()), read, handler);
    }

    void readFilter(int partition, Read.Filtered read, ReplyHandler handler) {
        pages.ask(partition, read, handler);
    }

    /** A message of a page, to be written to links. */
    SharedMessage shared(RealtimeMessage message) {
        return pages.shared(message);
    }

    void command(int partition, Command command, ReplyHandler handler) {
        owners.command(partition, command, loop, handler);
    }

    void command(ChannelName channel, Command command, ReplyHandler handler) {
        owners.command(channel, command, loop, handler);
    }

    /** Members of shared subscriptions here. */
    public SharedMembers shared() {
        return shared;
    }

    Retries retries() {
        return retries;
    }

    void later(Runnable task) {
        later(RETRY, task);
    }

    void later(Duration delay, Runnable task) {
        delays.runLater(loop, delay, task);
    }

    /** A live message was written or queued; the link is flushed when the batch is done. */
    void touched(Outbox outbox) {
        delivered++;
        touched.add(outbox);
    }

    int partitions() {
        return owners.partitions();
    }

    Executor loop() {
        return loop;
    }

    NodeInterest interest() {
        return interest;
    }

    OutboxBudget budget() {
        return budget;
    }

    HubMetrics metrics() {
        return metrics;
    }

    /** When the present turn began. */
    Instant now() {
        return now;
    }

    /** A turn begins that nothing from the owners began. */
    void readClock() {
        now = clock.instant();
    }
}
