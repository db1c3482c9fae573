package io.socle.realtime.channel.core;

/**
 * Limits of one partition's memory that are not policy.
 *
 * @param indexPublications most publications that a filter's replay can reach back
 * @param producersPerChannel most producers that a channel numbers
 * @param channelsPerSlot most exact channels that one gateway node can want of this partition
 * @param filtersPerSlot most filters with wildcards that one gateway node can want
 * @param sessions most sessions of MQTT clients
 * @param purgedAtOnce most records of deleted channels that one command takes away; ticks do the rest
 */
public record Bounds(
        long indexPublications,
        int producersPerChannel,
        int channelsPerSlot,
        int filtersPerSlot,
        int sessions,
        int purgedAtOnce) {
    public static final Bounds DEFAULT = new Bounds(1_000_000, 10_000, 250_000, 10_000, 200_000, 2_000);

    /** Most channels that one tick trims; the next tick does the rest. */
    static final int CHANNELS_PER_TICK = 500;

    /** Most durable subscriptions that one tick looks at for expiry; the next tick does the rest. */
    static final int DURABLES_PER_TICK = 500;

    /** Most bytes that the entries of one session count. */
    public static final int SESSION_BYTES = 256 * 1024;

    /** How long a node has to hand a session over, in milliseconds; a tick finds out that it is over. */
    static final long HAND_OVER_MS = 2_000;

    /** How long to wait until a will is sent again that is not known to be published, in milliseconds. */
    static final long WILL_AGAIN_MS = 5_000;

    /** Most sessions of dead nodes, due sessions and wills, of each, that one tick looks at; the next tick does the rest. */
    static final int SESSIONS_PER_TICK = 500;

    /** Records that one tick takes away with sessions, beyond which it begins with no more of them. */
    static final int SESSION_RECORDS_PER_TICK = 5_000;

    /** Most index entries that one command evicts by age. */
    static final int EVICTIONS_PER_COMMAND = 10_000;

    /** Most entries that one read looks at, so that a read of things not owed does not hold up publications. */
    static final int SCANNED_PER_READ = 4_096;
}
