package io.socle.realtime.channel.core;

/**
 * What is left of a deleted channel's history; its other records are found by their keys.
 *
 * @param first lowest offset that is left; {@code head + 1} where none is
 * @param head highest offset
 */
public record Remains(long first, long head) {}
