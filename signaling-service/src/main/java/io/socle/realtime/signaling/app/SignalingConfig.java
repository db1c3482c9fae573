package io.socle.realtime.signaling.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** What can be configured of the signaling service. */
@ConfigMapping(prefix = "realtime")
public interface SignalingConfig {
    /** Put before the name of every Kafka topic, so that several suites share a Kafka. Up to 64 letters, digits, dots, dashes. */
    @WithDefault("rt.")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String topicPrefix();

    /** Id of the Kafka cluster that this instance belongs to, 1 to 128 characters; it is never ready with another. Absent: any. */
    Optional<@Pattern(regexp = "[\\x21-\\x7e]{1,128}") String> clusterId();
}
