package io.socle.realtime.contracts.command;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the owner of a partition allows and keeps.
 *
 * @param byNamespace policy of a namespace, by the channel's first segment
 * @param fallback policy of every other namespace
 * @param deduplication how long a message id is remembered
 */
public record Policies(Map<String, Policy> byNamespace, Policy fallback, Deduplication deduplication) {
    public static final Policies DEFAULT = new Policies(Map.of(), Policy.DEFAULT, Deduplication.DEFAULT);

    /**
     * What history keeps of each channel; whichever bound is reached first trims.
     *
     * @param historyMessages most messages, exact; 0 keeps none
     * @param historyBytes most bytes of data and attributes; trimmed in steps of about a sixteenth
     * @param historyAge longest age; trimmed in steps of about a sixteenth, never early
     * @param durables what durable subscriptions may do
     */
    public record Policy(long historyMessages, long historyBytes, Duration historyAge, Durables durables) {
        public static final Policy DEFAULT = new Policy(10_000, 64L * 1024 * 1024, Duration.ofDays(1));

        public Policy(long historyMessages, long historyBytes, Duration historyAge) {
            this(historyMessages, historyBytes, historyAge, Durables.DEFAULT);
        }
    }

    /**
     * Bounds of each channel's durable subscriptions.
     *
     * @param perChannel most at a time
     * @param expireAfter how long one lasts that nobody is attached to; never less, at most twice as long
     */
    public record Durables(int perChannel, Duration expireAfter) {
        public static final Durables DEFAULT = new Durables(10_000, Duration.ofDays(7));
    }

    /**
     * The window in which a repeated message id is recognised, per partition.
     *
     * @param publications most publications remembered
     * @param age longest time remembered
     */
    public record Deduplication(long publications, Duration age) {
        public static final Deduplication DEFAULT = new Deduplication(100_000, Duration.ofMinutes(5));
    }

    public Policies {
        byNamespace = Collections.unmodifiableMap(new TreeMap<>(byNamespace));
    }

    public Policy of(String namespace) {
        return byNamespace.getOrDefault(namespace, fallback);
    }
}
