package io.socle.realtime.presence.app;

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

/** What can be configured of the presence service. */
@ConfigMapping(prefix = "realtime")
public interface PresenceConfig {
    /** Put before the name of every Kafka topic, so that several suites share a Kafka. Up to 64 letters, digits, dots, dashes. */
    @WithDefault("rt.")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String topicPrefix();

    /** Id of the Kafka cluster that this instance belongs to, 1 to 128 characters; it is never ready with another. Absent: any. */
    Optional<@Pattern(regexp = "[\\x21-\\x7e]{1,128}") String> clusterId();

    /** Name of this instance, stable over restarts and unique among instances, so that it gets its partitions back at once. Letters, digits, dots, dashes. */
    @WithDefault("presence-0")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,128}")
    String instanceId();

    /** Folder of the state stores. It may be lost: it is then restored from Kafka. */
    @WithDefault("data/presence-service")
    String stateDir();

    /** How the Streams client runs. */
    StreamsConfig streams();

    /** How gateway nodes are watched. */
    Nodes nodes();

    /** Members of channels. */
    Presence presence();

    /** Policies by namespace, which is the first segment of a channel's name. */
    Map<String, Namespace> namespaces();

    /** How gateway nodes are watched. */
    interface Nodes {
        /** How long a node lives after its last heartbeat, 2 s to 5 min; several times the heartbeat of 3 s. */
        @WithDefault("10S")
        @DurationMin(seconds = 2)
        @DurationMax(minutes = 5)
        Duration lease();
    }

    /** Members of channels. */
    interface Presence {
        /** How long a member is waited for whose connection is lost, 0 to 10 min, where its namespace does not say otherwise. */
        @WithDefault("15S")
        @DurationMin(seconds = 0)
        @DurationMax(minutes = 10)
        Duration grace();

        /** Most members of one channel, 1 to 1 million. */
        @WithDefault("20000")
        @Min(1)
        @Max(1_000_000)
        int members();

        /** With more members than this a channel tells counts instead of single events, 0 to 1 million. */
        @WithDefault("200")
        @Min(0)
        @Max(1_000_000)
        int countsAbove();

        /** Most visits that are kept of one channel, 0 to 10,000; 0 keeps none. */
        @WithDefault("1000")
        @Min(0)
        @Max(10_000)
        int visits();

        /** How long visits are kept, and when a subject was seen last, 1 min to 30 days. */
        @WithDefault("1D")
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        Duration visitsAge();
    }

    /** Policies of one namespace. */
    interface Namespace {
        /** Members of its channels; absent parts are as the default. */
        NamespacePresence presence();
    }

    /** As {@link Presence}; absent means as the default. */
    interface NamespacePresence {
        /** How long a member is waited for whose connection is lost, 0 to 10 min. */
        Optional<@DurationMin(seconds = 0) @DurationMax(minutes = 10) Duration> grace();
    }
}
