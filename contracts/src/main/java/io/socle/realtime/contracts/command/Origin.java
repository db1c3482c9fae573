package io.socle.realtime.contracts.command;

/**
 * Which gateway node asks, and how it recognises the reply.
 *
 * @param slot the node's partition of the deliveries topic
 * @param incarnation the offset of the node's claim on the slot; grows with every claim
 * @param request the node's own number for the command
 */
public record Origin(int slot, long incarnation, long request) {}
