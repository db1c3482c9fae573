package io.socle.realtime.contracts.command;

import java.time.Duration;
import java.util.Map;

/**
 * What owners of presence go by; a record in each partition makes it theirs.
 *
 * @param graceByNamespace how long a lost member is waited for, where its namespace says so
 * @param grace how long where it does not
 * @param members most of one channel
 * @param countsAbove with more members than this a channel tells counts
 * @param visits most that are kept of one channel
 * @param visitsAge how long they are kept
 */
public record PresencePolicies(
        Map<String, Duration> graceByNamespace,
        Duration grace,
        int members,
        int countsAbove,
        int visits,
        Duration visitsAge) {
    public static final PresencePolicies DEFAULT =
            new PresencePolicies(Map.of(), Duration.ofSeconds(15), 20_000, 200, 1000, Duration.ofDays(1));

    public PresencePolicies {
        graceByNamespace = Map.copyOf(graceByNamespace);
    }

    public Duration graceOf(String namespace) {
        return graceByNamespace.getOrDefault(namespace, grace);
    }
}
