package io.socle.realtime.gateway.transport.mqtt;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices a client that is silent for one and a half times its keep alive (MQTT 5 section 3.1.2.10). Confined to its event loop. */
final class KeepAlive {
    private final PacketChannel channel;
    private final long limit;
    private final Runnable expired;
    private long heard = System.nanoTime();
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Makes it.
     *
     * @param seconds the keep alive; 0 for none
     */
    KeepAlive(PacketChannel channel, int seconds, Runnable expired) {
        this.channel = channel;
        this.limit = TimeUnit.SECONDS.toNanos(seconds) * 3 / 2;
        this.expired = expired;
    }

    void begin() {
        if (limit > 0) {
            timer = channel.later(limit, this::check);
        }
    }

    /** Anything came. */
    void heard() {
        heard = System.nanoTime();
    }

    private void check() {
        // Who is not read from cannot be heard.
        long silent = channel.isPaused() ? 0 : System.nanoTime() - heard;
        if (silent >= limit) {
            expired.run();
        } else {
            timer = channel.later(limit - silent, this::check);
        }
    }

    void end() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
