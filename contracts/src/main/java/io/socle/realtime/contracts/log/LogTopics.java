package io.socle.realtime.contracts.log;

import java.util.List;

/**
 * Names of the Kafka topics.
 *
 * @param prefix put before each name, {@code rt.} by default, so that several suites share a Kafka
 */
public record LogTopics(String prefix) {
    public static final String DEFAULT_PREFIX = "rt.";

    /** Commands, keyed by channel. */
    public String channelCommands() {
        return prefix + "channel.commands";
    }

    /** Reads of history, partitioned as the commands. */
    public String reads() {
        return prefix + "reads";
    }

    public String presenceCommands() {
        return prefix + "presence.commands";
    }

    public String signalingCommands() {
        return prefix + "signaling.commands";
    }

    /** One partition per gateway slot. */
    public String deliveries() {
        return prefix + "deliveries";
    }

    /** Claims, heartbeats and releases of gateway slots; one partition, so that a claim's offset orders claims. */
    public String nodes() {
        return prefix + "nodes";
    }

    /** Revocations and policies; compacted. */
    public String control() {
        return prefix + "control";
    }

    /** Normalised events as CloudEvents. */
    public String events() {
        return prefix + "events";
    }

    /** Records that an owner could not process, with the reason in a header. */
    public String parked() {
        return prefix + "parked";
    }

    public List<String> all() {
        return List.of(
                channelCommands(),
                reads(),
                presenceCommands(),
                signalingCommands(),
                deliveries(),
                nodes(),
                control(),
                events(),
                parked());
    }
}
