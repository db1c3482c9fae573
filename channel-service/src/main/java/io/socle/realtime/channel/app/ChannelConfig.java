package io.socle.realtime.channel.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.socle.realtime.shell.app.StreamsConfig;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What can be configured of the channel service. */
@ConfigMapping(prefix = "realtime")
public interface ChannelConfig {
    /** Put before the name of every Kafka topic, so that several suites share a Kafka. Up to 64 letters, digits, dots, dashes. */
    @WithDefault("rt.")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String topicPrefix();

    /** Tells positions of one cluster from those of another. Change it only when Kafka's data was lost or restored from a copy. 1 to 128 characters. */
    @WithDefault("realtime")
    @Pattern(regexp = "[\\x21-\\x7e]{1,128}")
    String clusterId();

    /** Name of this instance, stable over restarts and unique among instances, so that it gets its partitions back at once. Letters, digits, dots, dashes. */
    @WithDefault("channel-0")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,128}")
    String instanceId();

    /** Folder of the state stores. It may be lost: it is then restored from Kafka. */
    @WithDefault("data/channel-service")
    String stateDir();

    /** How the Streams client runs. */
    Streams streams();

    /** What history keeps of each channel, where its namespace does not say otherwise. */
    History history();

    /** Durable subscriptions of each channel, where its namespace does not say otherwise. */
    Durables durables();

    /** Policies by namespace, which is the first segment of a channel's name. */
    Map<String, Namespace> namespaces();

    /** How long message ids are remembered. */
    Deduplication deduplication();

    /** As of any service, but for a state that is large. */
    interface Streams extends StreamsConfig {
        /** Record cache for small state of all threads together, in bytes, 0 to 1 GiB. */
        @Override
        @WithDefault("16777216")
        @Min(0)
        @Max(1L << 30)
        long cacheBytes();

        /** Native memory of all state stores together, in bytes, 8 MiB to 64 GiB. */
        @Override
        @WithDefault("67108864")
        @Min(8L << 20)
        @Max(64L << 30)
        long rocksdbBytes();
    }

    /** What history keeps of each channel; whichever bound is reached first trims. */
    interface History {
        /** Most messages, 0 to 10 million; 0 keeps none. */
        @WithDefault("10000")
        @Min(0)
        @Max(10_000_000)
        long messages();

        /** Most bytes of data and attributes, 0 to 1 TiB; trimmed in steps of about a sixteenth. */
        @WithDefault("67108864")
        @Min(0)
        @Max(1L << 40)
        long bytes();

        /** Longest age, 1 s to 10 years; trimmed in steps of about a sixteenth, never early. */
        @WithDefault("1D")
        @DurationMin(seconds = 1)
        @DurationMax(days = 3650)
        Duration age();
    }

    /** Policies of one namespace. */
    interface Namespace {
        /** What history keeps; absent parts are as the default. */
        NamespaceHistory history();

        /** Durable subscriptions of each channel; absent parts are as the default. */
        NamespaceDurables durables();
    }

    /** Durable subscriptions of each channel. */
    interface Durables {
        /** Most at a time, 0 to 1 million; 0 allows none. */
        @WithDefault("10000")
        @Min(0)
        @Max(1_000_000)
        int perChannel();

        /** How long one lasts that nobody is attached to, 1 s to 10 years; never less, at most twice as long. A change holds for each from its next expiry check on. */
        @WithDefault("7D")
        @DurationMin(seconds = 1)
        @DurationMax(days = 3650)
        Duration expireAfter();
    }

    /** As {@link Durables}; absent means as the default. */
    interface NamespaceDurables {
        /** Most at a time, 0 to 1 million. */
        Optional<@Min(0) @Max(1_000_000) Integer> perChannel();

        /** How long one lasts that nobody is attached to, 1 s to 10 years. */
        Optional<@DurationMin(seconds = 1) @DurationMax(days = 3650) Duration> expireAfter();
    }

    /** As {@link History}; absent means as the default. */
    interface NamespaceHistory {
        /** Most messages, 0 to 10 million. */
        Optional<@Min(0) @Max(10_000_000) Long> messages();

        /** Most bytes of data and attributes, 0 to 1 TiB. */
        Optional<@Min(0) @Max(1L << 40) Long> bytes();

        /** Longest age, 1 s to 10 years. */
        Optional<@DurationMin(seconds = 1) @DurationMax(days = 3650) Duration> age();
    }

    /** The window in which a repeated message id is recognised, per partition; whichever bound is reached first ends it. */
    interface Deduplication {
        /** Most publications, 0 to 1 million. */
        @WithDefault("100000")
        @Min(0)
        @Max(1_000_000)
        long publications();

        /** Longest age, 1 s to 7 days. */
        @WithDefault("5M")
        @DurationMin(seconds = 1)
        @DurationMax(days = 7)
        Duration age();
    }
}
