package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.message.Limits;

/**
 * Bounds of one connection's outbound queue, beyond what the socket's own buffer holds.
 *
 * @param messages most messages waiting
 * @param bytes most bytes of messages waiting
 * @param controls most replies and other pushes waiting before the client is cut off as a slow consumer
 */
public record OutboxLimits(int messages, long bytes, int controls) {
    /** Most bytes of history pages that wait as replies before the client is cut off as a slow consumer. */
    public static final long REPLY_BYTES = 16L * Limits.PAGE_BYTES;
}
