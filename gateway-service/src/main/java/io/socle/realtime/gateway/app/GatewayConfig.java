package io.socle.realtime.gateway.app;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.socle.realtime.gateway.auth.CertificateIdentity;
import io.vertx.core.http.ClientAuth;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Every key of the gateway. Each can be set by environment variable: REALTIME_LIMITS_FRAME_BYTES for realtime.limits.frame-bytes. */
@ConfigMapping(prefix = "realtime")
@StaticInitSafe
public interface GatewayConfig {
    /** Put before the name of every Kafka topic. */
    @WithDefault("rt.")
    @NotBlank
    String topicPrefix();

    /** The cluster's id, for logs; the owners derive epochs from theirs. */
    Optional<String> clusterId();

    /** Everybody is the anonymous who may everything. For trials: refused unless the gateway listens on loopback only. */
    @WithDefault("false")
    boolean open();

    /** Channel filters on which nobody may do anything in open mode; none where it is absent. A wider filter may be subscribed to all the same: nothing is published on these. */
    Optional<List<String>> openDenied();

    Gateway gateway();

    /** This node's place in the cluster. */
    interface Gateway {
        /** The slot of this node, its partition of the deliveries topic; the ordinal of a StatefulSet's pod. */
        @WithDefault("0")
        @Min(0)
        @Max(10_000)
        int slot();

        /** How long this node serves without reading back its own heartbeats, 6 s to 5 min; then its clients are told to come back. Longer than a restart of Kafka. */
        @WithDefault("20S")
        @DurationMin(seconds = 6)
        @DurationMax(minutes = 5)
        Duration lease();

        Drain drain();

        /** This node's name, for logs; the host's name where it is absent. */
        Optional<String> node();
    }

    /** How clients are sent elsewhere when the node goes away. */
    interface Drain {
        /** Connections told in a second, 1 to 100,000: the rate at which other nodes see them come. */
        @WithDefault("500")
        @Min(1)
        @Max(100_000)
        int perSecond();

        /** After how long all have been told, 0 to 10 min, whatever the rate; below the time that is given to the process to end. */
        @WithDefault("10S")
        @DurationMin(seconds = 0)
        @DurationMax(minutes = 10)
        Duration limit();
    }

    Limits limits();

    /** Bounds of connections and of the node. */
    interface Limits {
        /** Largest frame of a client, in bytes. */
        @WithDefault("262144")
        @Min(1_024)
        @Max(16_777_216)
        int frameBytes();

        /** Largest data of one message, in bytes. */
        @WithDefault("131072")
        @Min(1)
        @Max(1_048_576)
        int dataBytes();

        /** Most subscriptions of one connection. */
        @WithDefault("10000")
        @Min(1)
        @Max(100_000)
        int subscriptions();

        /** Most undecided commands of one connection. */
        @WithDefault("256")
        @Min(1)
        @Max(65_535)
        int inFlight();

        /** Most undecided commands and reads of this node; beyond it the next is refused as overloaded. Publishes get seven eighths. */
        @WithDefault("20000")
        @Min(100)
        @Max(1_000_000)
        int nodeInFlight();

        /** Longest wait for the owner's decision that a publish may have to expect, 50 ms to 1 min; beyond it publishes are refused as overloaded. */
        @WithDefault("2S")
        @DurationMin(millis = 50)
        @DurationMax(minutes = 1)
        Duration publishWait();

        /** Wait for the owner's decision from which publishers are told of it, 1 ms to 1 min. */
        @WithDefault("500MS")
        @DurationMin(millis = 1)
        @DurationMax(minutes = 1)
        Duration publishLag();

        /** Most messages per second that this node takes for one channel, 0 to 1 million, where its namespace does not say otherwise; 0 is no ceiling. */
        @WithDefault("0")
        @Min(0)
        @Max(1_000_000)
        int channelRate();

        /** Most rooms that one connection is a peer of. */
        @WithDefault("16")
        @Min(1)
        @Max(1_000)
        int rooms();

        /** Most signals that a peer says in a second, to all others of its room together. */
        @WithDefault("300")
        @Min(1)
        @Max(10_000)
        int signalsPerSecond();

        /** Most messages of one HTTP batch. */
        @WithDefault("100")
        @Min(1)
        @Max(10_000)
        int batch();

        /** Most channels and filters of one event stream. */
        @WithDefault("32")
        @Min(1)
        @Max(256)
        int sseSubscriptions();

        /** Most messages waiting for one slow connection before its overflow policy applies. */
        @WithDefault("1024")
        @Min(1)
        @Max(1_000_000)
        int outboxMessages();

        /** Most bytes of messages waiting for one slow connection before its overflow policy applies. */
        @WithDefault("1048576")
        @Min(1_024)
        @Max(1_073_741_824)
        long outboxBytes();

        /** Most bytes waiting for all slow connections of this node together, 1 MiB to 1 TiB; a quarter of the heap where it is absent. */
        Optional<@Min(1_048_576) @Max(1_099_511_627_776L) Long> nodeOutboxBytes();

        /** Most replies waiting for one slow connection before it is ended as a slow consumer. */
        @WithDefault("4096")
        @Min(16)
        @Max(1_000_000)
        int outboxControls();

        /** Bytes waiting for one socket at which its connection counts as slow. */
        @WithDefault("65536")
        @Min(1_024)
        @Max(16_777_216)
        int writeBufferBytes();
    }

    /** Policies by namespace, which is the first segment of a channel's name. */
    Map<String, Namespace> namespaces();

    /** Policies of one namespace. */
    interface Namespace {
        /** Most messages per second that this node takes for one channel, 0 to 1 million; 0 is no ceiling. */
        Optional<@Min(0) @Max(1_000_000) Integer> channelRate();

        /** Whether its channels are ephemeral: messages reach who is there and are not kept. The same on every gateway. */
        @WithDefault("false")
        boolean ephemeral();
    }

    Timing timing();

    /** Time limits. */
    interface Timing {
        /** How long a connection may stay without connect. */
        @WithDefault("10s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 10)
        Duration connect();

        /** How often the server shows a sign of life; a client silent for twice as long is disconnected. */
        @WithDefault("15s")
        @DurationMin(millis = 500)
        @DurationMax(hours = 1)
        Duration heartbeat();

        /** How long a message of a durable subscription may stay unacknowledged before it is sent again. */
        @WithDefault("30s")
        @DurationMin(millis = 100)
        @DurationMax(hours = 12)
        Duration ack();

        /** How long the owner's decision on a command is waited for. */
        @WithDefault("30s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 10)
        Duration decision();
    }

    Http http();

    /** What browsers may do. */
    interface Http {
        /** Origins whose pages may use the gateway: exact, {@code *}, or a regular expression between slashes; none means same origin only. */
        Optional<List<String>> allowedOrigins();

        /** Largest HTTP request body, in bytes. */
        @WithDefault("2097152")
        @Min(1_024)
        @Max(1_073_741_824)
        int bodyBytes();
    }

    Websocket websocket();

    /** The WebSocket transport. */
    interface Websocket {
        Echo echo();

        /** The path {@code /echo} for conformance suites. */
        interface Echo {
            /** Whether the echo path is there. */
            @WithDefault("false")
            boolean enabled();
        }

        Compression compression();

        /** permessage-deflate (RFC 7692). */
        interface Compression {
            /** Whether clients may negotiate it; it costs memory and CPU per connection. */
            @WithDefault("false")
            boolean enabled();
        }
    }

    /** Bridges to other MQTT brokers, by name: 1 to 64 lower-case letters, digits and inner hyphens. */
    Map<String, BridgeConfig> bridges();

    Mqtt mqtt();

    /** The MQTT transport; it listens on the address of quarkus.http.host. */
    interface Mqtt {
        /** Port for TCP, 0 to 65535; 0 is none. */
        @WithDefault("1883")
        @Min(0)
        @Max(65_535)
        int port();

        /** Port for WebSocket, path /mqtt, 0 to 65535; 0 is none. */
        @WithDefault("1884")
        @Min(0)
        @Max(65_535)
        int websocketPort();

        /** Port for TLS, 0 to 65535; 0 is none. */
        @WithDefault("0")
        @Min(0)
        @Max(65_535)
        int tlsPort();

        /** Name of the Quarkus TLS configuration for TLS; the default one where it is absent. */
        Optional<String> tlsConfiguration();

        /** Certificates of clients over TLS, which the TLS configuration's trust store has to trust: none, request or required. */
        @WithDefault("none")
        ClientAuth clientCertificates();

        Certificates certificates();

        /** Longest keep alive of clients of version 5, 1 s to 18 h; who asks for more, or for none, is told to use this one. Older clients keep theirs. */
        @WithDefault("20M")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 18)
        Duration keepAlive();

        /** How long a client's session lasts at most without a connection, 1 s to 10 years; who asks for more, or before version 5 for no end, gets this. */
        @WithDefault("7D")
        @DurationMin(seconds = 1)
        @DurationMax(days = 3650)
        Duration sessionExpiry();

        /** Most messages of QoS 1 and 2 that one client has not acknowledged, 1 to 65535; its own receive maximum may be less. */
        @WithDefault("100")
        @Min(1)
        @Max(65_535)
        int inFlight();

        /** Highest topic alias that a client may use, 0 to 65535; 0 is none. */
        @WithDefault("32")
        @Min(0)
        @Max(65_535)
        int topicAliases();

        /** How often changed values of $SYS are told to who is subscribed to them, 1 s to 1 h. */
        @WithDefault("10S")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration statisticsInterval();

        /** Who a client is that shows a certificate and no token, and what it may do; in each filter {subject} stands for its name. */
        interface Certificates {
            /** Which of the certificate's names it is: common-name, or the subject alternative name email, dns or uri. */
            @WithDefault("common-name")
            CertificateIdentity.Name name();

            /** Filters of channels that it may publish to. */
            Optional<List<String>> publish();

            /** Filters of channels that it may subscribe to. */
            Optional<List<String>> subscribe();

            /** Filters of channels whose past it may read, retained messages too; as subscribe where it is absent. */
            Optional<List<String>> history();

            /** Filters of channels where it may delete. */
            Optional<List<String>> delete();
        }
    }
}
