package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How much of what was in a history.
 *
 * @param sends attempts to publish
 * @param acks attempts that were acknowledged, and of these
 * @param repeats the ones whose message had been published by an earlier attempt
 * @param refused attempts that were answered by a refusal
 * @param unknown attempts without an answer
 * @param ackPause the longest time between two acknowledgements
 * @param deliveryPause the longest time between two deliveries, of any subscription
 */
record Counts(
        long sends,
        long acks,
        long repeats,
        long refused,
        long unknown,
        long deliveries,
        long resumes,
        Duration ackPause,
        Duration deliveryPause) {

    static Counts of(List<History.Entry> entries) {
        return new Counts(
                count(entries, Event.Send.class::isInstance),
                count(entries, Event.Ack.class::isInstance),
                count(entries, event -> event instanceof Event.Ack ack && ack.repeat()),
                count(entries, Event.Refused.class::isInstance),
                count(entries, Event.Unknown.class::isInstance),
                count(entries, Event.Deliver.class::isInstance),
                count(entries, Event.Resume.class::isInstance),
                longestPause(entries, Event.Ack.class),
                longestPause(entries, Event.Deliver.class));
    }

    private static long count(List<History.Entry> entries, Predicate<Event> which) {
        return entries.stream().filter(entry -> which.test(entry.event())).count();
    }

    private static Duration longestPause(List<History.Entry> entries, Class<? extends Event> type) {
        long[] times = entries.stream()
                .filter(entry -> type.isInstance(entry.event()))
                .mapToLong(History.Entry::nanos)
                .toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return Duration.ofNanos(longest);
    }
}
