package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.SessionKey;

/**
 * Keys of the {@link Tables} that have more than one part. The channel of a place, a producer, a collapse key and a durable
 * subscription is that of its life: {@link ChannelState#records}.
 */
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

    /** A durable subscription. */
    public record Durable(String channel, String subject, String name) {
        static Durable of(DurableName of, ChannelState channel) {
            return new Durable(channel.records(of.channel().value()), of.subject(), of.name());
        }
    }

    /** When a durable subscription is looked at for expiry; ordered by time. */
    public record Expiry(long time, Durable of) {}

    /** One entry of a session. */
    public record SessionPart(SessionKey of, String name) {}

    /** When a session is looked at; ordered by time. */
    public record SessionTimer(long time, SessionKey of) {}

    /** A session of a gateway slot's life; ordered by slot and life. */
    public record SessionPlace(int slot, long incarnation, SessionKey of) {}

    /** When a will is sent again; ordered by time. */
    public record Firing(long time, long generation) {}

    /** What a gateway slot wants; ordered by slot. */
    public record Interest(int slot, String filter) {}
}
