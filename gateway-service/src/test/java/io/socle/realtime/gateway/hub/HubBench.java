package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One hub over simulated owners, driven by hand on the test's thread. */
final class HubBench {
    static final Duration ACK_TIME = Duration.ofSeconds(30);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final SimulatedOwners owners = new SimulatedOwners();
    final ArrayDeque<Runnable> delayed = new ArrayDeque<>();
    final List<Problem> failures = new ArrayList<>();
    /** Cursors; none where only ephemeral channels are selected. */
    final List<@Nullable String> opened = new ArrayList<>();
    /** Room for four pages on their way, or for what they bring. */
    final OutboxBudget budget = new OutboxBudget(4L * Limits.PAGE_BYTES);

    int gaps;
    Instant now = NOW;
    final Hub hub = new Hub(
            Runnable::run,
            owners,
            new NodeInterest(owners),
            new Counting(),
            () -> now,
            (loop, delay, task) -> delayed.add(task),
            budget,
            new EphemeralNamespaces(Set.of("typing")));
    private int published;

    private final class Counting implements HubMetrics {
        @Override
        public void delivered(int count) {}

        @Override
        public void dropped() {}

        @Override
        public void fellBehind() {}

        @Override
        public void gap() {
            gaps++;
        }
    }

    /** A link's part of the hub with room for so many waiting messages. */
    Subscriber subscriber(RecordingLink link, int waiting) {
        return hub.subscriber(link, new OutboxLimits(waiting, 1_000_000, 100));
    }

    SubscriptionRequest request(String name, String filter, @Nullable Since since, Overflow overflow, int maxUnacked) {
        return request(name, filter, since, overflow, maxUnacked, null);
    }

    /** A durable one whose messages are sent again after {@link #ACK_TIME}. */
    SubscriptionRequest durable(String name, String channel, @Nullable Since since, int maxUnacked) {
        var durable = new SubscriptionRequest.Durable("billing", ACK_TIME);
        return request(name, channel, since, Overflow.RECOVER, maxUnacked, durable);
    }

    private SubscriptionRequest request(
            String name,
            String filter,
            @Nullable Since since,
            Overflow overflow,
            int maxUnacked,
            SubscriptionRequest.@Nullable Durable durable) {
        return new SubscriptionRequest(
                name,
                new ChannelFilter(filter),
                since,
                overflow,
                maxUnacked,
                "alice",
                durable,
                new SubscriptionRequest.Events() {
                    @Override
                    public void opened(Subscription subscription, @Nullable String cursor) {
                        opened.add(cursor);
                    }

                    @Override
                    public void failed(Subscription subscription, Problem problem, boolean stood) {
                        failures.add(problem);
                    }
                });
    }

    SubscriptionRequest request(String name, String filter, @Nullable Since since) {
        return request(name, filter, since, Overflow.RECOVER, 0);
    }

    RealtimeMessage publish(String channel) {
        return publish(draft(channel), false);
    }

    RealtimeMessage publish(RealtimeMessage draft, boolean lose) {
        return owners.publish(draft, lose);
    }

    /** A message comes from another node or from this one, past the log. */
    RealtimeMessage ephemeral(String channel) {
        RealtimeMessage message = draft(channel);
        hub.accept(List.of(new Incoming.Ephemeral(new SharedMessage(message))));
        return message;
    }

    RealtimeMessage draft(String channel) {
        return RealtimeMessage.builder("m" + ++published, new ChannelName(channel))
                .json("" + published)
                .build();
    }

    /** Hands over everything that waits, and what that brings about. */
    void settle() {
        while (!owners.deliveries.isEmpty()) {
            step(owners.deliveries.size());
        }
    }

    /** Runs what was put off, and what that brings about. */
    void settleDelayed() {
        settle();
        while (!delayed.isEmpty()) {
            delayed.remove().run();
            settle();
        }
    }

    /** Hands over the next so many. */
    void step(int count) {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count && !owners.deliveries.isEmpty(); i++) {
            batch.add(owners.deliveries.poll());
        }
        hub.accept(batch);
    }
}
