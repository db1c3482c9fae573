package io.socle.realtime.signaling.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.socle.realtime.shell.app.StreamsConfig;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What can be configured of the signaling service. */
@ConfigMapping(prefix = "realtime")
public interface SignalingConfig {
    /** Put before the name of every Kafka topic, so that several suites share a Kafka. Up to 64 letters, digits, dots, dashes. */
    @WithDefault("rt.")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
    String topicPrefix();

    /** Id of the Kafka cluster that this instance belongs to, 1 to 128 characters; it is never ready with another. Absent: any. */
    Optional<@Pattern(regexp = "[\\x21-\\x7e]{1,128}") String> clusterId();

    /** Name of this instance, stable over restarts and unique among instances, so that it gets its partitions back at once. Letters, digits, dots, dashes. */
    @WithDefault("signaling-0")
    @Pattern(regexp = "[A-Za-z0-9._-]{1,128}")
    String instanceId();

    /** Folder of the state stores. It may be lost: it is then restored from Kafka. */
    @WithDefault("data/signaling-service")
    @NotBlank
    String stateDir();

    /** How the Streams client runs. */
    StreamsConfig streams();

    Signaling signaling();

    /** Rooms. */
    interface Signaling {
        /** Most peers of a room, 2 to 64. */
        @WithDefault("16")
        @Min(2)
        @Max(64)
        int peers();

        /** Up to how many peers of a room each is advised to connect to each, 2 to 64. */
        @WithDefault("8")
        @Min(2)
        @Max(64)
        int fullMesh();

        /** Most rooms of a partition of the log, 1 to 1 million. */
        @WithDefault("20000")
        @Min(1)
        @Max(1_000_000)
        int rooms();

        /** How long a peer whose connection is lost may come back, 0 s to 5 min. */
        @WithDefault("15S")
        @DurationMin(seconds = 0)
        @DurationMax(minutes = 5)
        Duration grace();

        /** Whether peers are never told of each other's addresses of private ranges and .local names; by default they are, because peers of one network need them. */
        @WithDefault("false")
        boolean stripPrivateAddresses();

        /** Namespaces whose rooms have the channel of the same name as their log of record; none where it is absent. */
        Optional<List<@NotBlank String>> bound();

        /** STUN servers that peers are told, such as stun:stun.example.org:3478; none where it is absent. */
        Optional<List<@Pattern(regexp = "stuns?:[\\x21-\\x7e]{1,250}") String>> stun();

        Turn turn();

        /** TURN servers that peers are told. */
        interface Turn {
            /** Their addresses, such as turn:turn.example.org:3478?transport=udp; none where it is absent. */
            Optional<List<@Pattern(regexp = "turns?:[\\x21-\\x7e]{1,250}") String>> urls();

            /** The secret that they share with this service, 16 to 512 characters; needed where there are addresses. */
            Optional<@Size(min = 16, max = 512) String> secret();

            /** How long a credential is good, 10 s to 5 min. */
            @WithName("ttl")
            @WithDefault("5M")
            @DurationMin(seconds = 10)
            @DurationMax(minutes = 5)
            Duration timeToLive();
        }
    }
}
