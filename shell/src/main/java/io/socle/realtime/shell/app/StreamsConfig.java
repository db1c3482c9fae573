package io.socle.realtime.shell.app;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the Streams client runs; in a service whose state is small, unless it says otherwise. */
public interface StreamsConfig {
    /** Processing threads, 1 to 64; more than one per core is of no use. */
    @WithDefault("1")
    @Min(1)
    @Max(64)
    int threads();

    /** Warm copies of the state on other instances, 0 to 3; a lost instance is then replaced without a restore. */
    @WithDefault("0")
    @Min(0)
    @Max(3)
    int standbys();

    /** Time between commits, 50 ms to 5 s. Longer is cheaper and means more to process again after a crash; latency does not wait for it. */
    @WithDefault("1S")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 5)
    Duration commitInterval();

    /** After how long a silent instance loses its partitions, 6 s to 5 min. */
    @WithDefault("6S")
    @DurationMin(seconds = 6)
    @DurationMax(minutes = 5)
    Duration sessionTimeout();

    /** Record cache of all threads together, in bytes, 0 to 1 GiB. */
    @WithDefault("4194304")
    @Min(0)
    @Max(1L << 30)
    long cacheBytes();

    /** Native memory of all state stores together, in bytes, 8 MiB to 64 GiB. */
    @WithDefault("16777216")
    @Min(8L << 20)
    @Max(64L << 30)
    long rocksdbBytes();

    /** How many times a failed processing thread is replaced within 10 minutes before the process ends, 0 to 100. */
    @WithDefault("5")
    @Min(0)
    @Max(100)
    int threadReplacements();
}
