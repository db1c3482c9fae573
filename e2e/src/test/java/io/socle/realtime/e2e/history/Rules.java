package io.socle.realtime.e2e.history;

import java.time.Duration;

/**
 * What a run may expect of a suite.
 *
 * @param keptMessages how many messages of each channel history keeps: nothing newer may be told as lost
 * @param keptPublications how far back the index of a filter reaches
 * @param everythingOwed whether no message of the run is private, expiring, collapsing or not stored: then nothing may
 *     be skipped
 * @param catchUp how long after the heal a subscription may take to have everything
 * @param acksHandedOn how long after an acknowledgement, on a healed suite, a durable subscription's cursor may still be
 *     without it
 */
public record Rules(
        long keptMessages, long keptPublications, boolean everythingOwed, Duration catchUp, Duration acksHandedOn) {
    /** The suite's defaults (HIS-1, SUB-8, DUR-3 with some room), and publishers that send plain messages only. */
    public static final Rules DEFAULT =
            new Rules(10_000, 1_000_000, true, Duration.ofSeconds(30), Duration.ofSeconds(4));
}
