package io.socle.realtime.channel.core;

/** Keys of the {@link Tables} that have more than one part. */
public final class Keys {
    private Keys() {}

    /** A place in a channel's history; ordered by offset within a channel. */
    public record Place(String channel, long offset) {}

    /** A producer's numbering of one channel. */
    public record Producer(String channel, String producer) {}

    /** A collapse key of one channel. */
    public record Collapse(String channel, String key) {}

    /** Ordered by time. */
    public record Due(long time, String channel) {}

    /** What a gateway slot wants; ordered by slot. */
    public record Interest(int slot, String filter) {}
}
