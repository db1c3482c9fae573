package io.socle.realtime.gateway.pressure;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The most messages per second that this node takes for each channel, by namespace (clause FLO-10). One second's worth may come at once; then they come at
 * the rate. Only channels that were published to within about a second are remembered. Safe for use by all threads.
 */
public final class ChannelCeilings {
    /** Most channels remembered; where all of them are in use, a further one is refused. */
    static final int CHANNELS = 100_000;

    private static final long SECOND = 1_000_000_000L;
    /** How often all of them are looked at when they are too many. */
    private static final long SWEEP_NANOS = 100_000_000L;

    private final Map<String, Integer> byNamespace;
    private final int fallback;
    private final int channels;
    private final LongSupplier nanoClock;
    /** When each channel's next second's worth is free again; in the past where nothing of it is used. */
    private final Map<ChannelName, Long> usedUntil = new HashMap<>();

    private long swept;

    /**
     * Makes it.
     *
     * @param byNamespace messages per second and channel; 0 is no ceiling
     * @param fallback for every other namespace
     */
    public ChannelCeilings(Map<String, Integer> byNamespace, int fallback, LongSupplier nanoClock) {
        this(byNamespace, fallback, CHANNELS, nanoClock);
    }

    ChannelCeilings(Map<String, Integer> byNamespace, int fallback, int channels, LongSupplier nanoClock) {
        this.byNamespace = Map.copyOf(byNamespace);
        this.fallback = fallback;
        this.channels = channels;
        this.nanoClock = nanoClock;
        this.swept = nanoClock.getAsLong() - SWEEP_NANOS;
    }

    /** Takes one message of a channel; returns why it may not be published now, or null. */
    public @Nullable Problem take(ChannelName channel) {
        int perSecond = byNamespace.getOrDefault(channel.namespace(), fallback);
        return perSecond == 0 ? null : take(channel, perSecond);
    }

    private synchronized @Nullable Problem take(ChannelName channel, int perSecond) {
        long now = nanoClock.getAsLong();
        Long before = usedUntil.get(channel);
        if (before == null && !hasRoom(now)) {
            return refusal(perSecond, SECOND);
        }
        long until = (before == null || before - now < 0 ? now : before) + SECOND / perSecond;
        if (until - now > SECOND) {
            return refusal(perSecond, until - now - SECOND);
        }
        usedUntil.put(channel, until);
        return null;
    }

    private boolean hasRoom(long now) {
        if (usedUntil.size() >= channels && now - swept >= SWEEP_NANOS) {
            swept = now;
            usedUntil.values().removeIf(until -> until - now < 0);
        }
        return usedUntil.size() < channels;
    }

    private static Problem refusal(int perSecond, long nanos) {
        // In whole milliseconds, upwards: who comes back at the advised time is not refused again.
        Duration later = Duration.ofMillis((nanos + 999_999) / 1_000_000);
        return new Problem(
                FailureCode.RATE_LIMITED,
                "this node takes " + perSecond + " messages per second for a channel of this namespace",
                later);
    }
}
