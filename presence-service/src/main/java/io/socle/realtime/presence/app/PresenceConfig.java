package io.socle.realtime.presence.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
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

    /** How gateway nodes are watched. */
    Nodes nodes();

    /** How gateway nodes are watched. */
    interface Nodes {
        /** How long a node lives after its last heartbeat, 2 s to 5 min; several times the heartbeat of 3 s. */
        @WithDefault("10S")
        @DurationMin(seconds = 2)
        @DurationMax(minutes = 5)
        Duration lease();
    }
}
