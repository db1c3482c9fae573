package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How much of what was in a history.
 *
 * @param sends attempts to publish
 * @param acks attempts that were acknowledged, and of these
 * @param repeats the ones whose message had been published by an earlier attempt
 * @param refused attempts that were answered by a refusal
 * @param unknown attempts without an answer
 * @param away the longest time between the end of a subscription's link and the word that it has caught up
 * @param channelPause the longest time, since faults strike, in which messages of one channel waited and none was acknowledged
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
        Duration away,
        Duration channelPause,
        Duration deliveryPause) {

    static Counts of(List<History.Entry> entries) {
        // After the last acknowledgement there is little to deliver.
        int last = 0;
        for (int i = 0; i < entries.size(); i++) {
            last = entries.get(i).event() instanceof Event.Ack ? i : last;
        }
        return new Counts(
                count(entries, Event.Send.class::isInstance),
                count(entries, Event.Ack.class::isInstance),
                count(entries, event -> event instanceof Event.Ack ack && ack.repeat()),
                count(entries, Event.Refused.class::isInstance),
                count(entries, Event.Unknown.class::isInstance),
                count(entries, Event.Deliver.class::isInstance),
                count(entries, Event.Resume.class::isInstance),
                longestAbsence(entries),
                ChannelPauses.longest(entries),
                longestDeliveryPause(entries.subList(0, last)));
    }

    private static long count(List<History.Entry> entries, Predicate<Event> which) {
        return entries.stream().filter(entry -> which.test(entry.event())).count();
    }

    private static Duration longestDeliveryPause(List<History.Entry> entries) {
        long[] times = entries.stream()
                .filter(entry -> entry.event() instanceof Event.Deliver)
                .mapToLong(History.Entry::nanos)
                .toArray();
        return Duration.ofNanos(IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .max()
                .orElse(0));
    }

    /** A roaming client may leave before it has caught up: what it was away before does not count then. */
    private static Duration longestAbsence(List<History.Entry> entries) {
        var gone = new HashMap<String, Long>();
        var standing = new HashSet<String>();
        long longest = 0;
        for (History.Entry entry : entries) {
            switch (entry.event()) {
                case Event.Subscribed now -> standing.add(now.subscription());
                case Event.Attached now -> standing.add(now.subscription());
                case Event.Disconnect end -> {
                    if (standing.remove(end.subscription())) {
                        gone.put(end.subscription(), entry.nanos());
                    }
                }
                case Event.CaughtUp caughtUp -> {
                    Long since = gone.remove(caughtUp.subscription());
                    longest = Math.max(longest, since == null ? 0 : entry.nanos() - since);
                }
                default -> {}
            }
        }
        return Duration.ofNanos(longest);
    }
}
