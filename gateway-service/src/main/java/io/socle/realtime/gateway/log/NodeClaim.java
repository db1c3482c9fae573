package io.socle.realtime.gateway.log;

/**
 * This node's place in the cluster.
 *
 * @param slot its partition of the deliveries topic
 * @param incarnation the offset of its claim in the nodes topic
 * @param node its name, for people
 */
public record NodeClaim(int slot, long incarnation, String node) {}
