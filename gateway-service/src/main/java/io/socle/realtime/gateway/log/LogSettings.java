package io.socle.realtime.gateway.log;

import java.time.Duration;

/**
 * What the gateway needs to know of the log.
 *
 * @param bootstrapServers Kafka's addresses
 * @param topicPrefix before each topic's name
 * @param slot this node's partition of the deliveries topic
 * @param node this node's name, for people
 * @param lease how long this node goes on without reading back its own heartbeats
 * @param inFlight most commands and reads of this node that may be undecided
 * @param decisionTimeout how long a reply is waited for
 */
public record LogSettings(
        String bootstrapServers,
        String topicPrefix,
        int slot,
        String node,
        Duration lease,
        int inFlight,
        Duration decisionTimeout) {}
