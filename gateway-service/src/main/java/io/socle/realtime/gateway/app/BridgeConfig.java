package io.socle.realtime.gateway.app;

import io.smallrye.config.WithDefault;
import io.socle.realtime.gateway.bridge.BridgeSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The keys of one bridge. The same on every gateway. */
public interface BridgeConfig {
    /** The other broker's host. */
    @NotBlank
    String host();

    /** Its port, 1 to 65535; 1883, or with TLS 8883, where it is absent. */
    Optional<@Min(1) @Max(65_535) Integer> port();

    /** Name of the Quarkus TLS configuration for TLS; no TLS where it is absent. */
    Optional<String> tls();

    /** The user name that the bridge gives. */
    Optional<String> username();

    /** The password that the bridge gives. */
    Optional<String> password();

    /** The client identifier under which the other broker keeps the bridge's session; `realtime-` and the bridge's name where it is absent. */
    Optional<String> clientId();

    /** Keep alive of MQTT, 5 s to 18 h. */
    @WithDefault("30S")
    @DurationMin(seconds = 5)
    @DurationMax(hours = 18)
    Duration keepAlive();

    /** Longest wait between two attempts to connect, 1 s to 10 min. */
    @WithDefault("10S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration reconnect();

    /** The subject that the bridge is; `bridge:` and its name where it is absent. */
    Optional<String> subject();

    In in();

    /** From the other broker to channels. */
    interface In {
        /** Filters of the other broker's topics that come in; none where it is absent. */
        Optional<List<String>> filters();

        /** Put before a topic to get the channel. */
        Optional<String> prefix();

        /** Taken from the beginning of a topic before. */
        Optional<String> strip();

        /** QoS of the subscriptions, 0 or 1. */
        @WithDefault("1")
        @Min(0)
        @Max(1)
        int qos();

        /** Which messages are retained on their channels: `as-sent`, those that the other broker sends as retained; `always`; or `never`. */
        @WithDefault("as-sent")
        BridgeSettings.RetainRule retain();

        /** Most messages under way to their channels, 1 to 1,000. */
        @WithDefault("100")
        @Min(1)
        @Max(1_000)
        int inFlight();
    }

    Out out();

    /** From channels to the other broker. */
    interface Out {
        /** Filters of channels whose messages go out; none where it is absent. */
        Optional<List<String>> filters();

        /** Put before a channel's name to get the topic. */
        Optional<String> prefix();

        /** Taken from the beginning of a channel's name before. */
        Optional<String> strip();

        /** Highest QoS that messages go out with, 0 or 1. */
        @WithDefault("1")
        @Min(0)
        @Max(1)
        int qos();

        /** Whether what is retained on a channel is retained at the other broker. */
        @WithDefault("true")
        boolean retain();

        /** Most messages that the other broker has not acknowledged, 1 to 10,000. */
        @WithDefault("100")
        @Min(1)
        @Max(10_000)
        int inFlight();
    }
}
