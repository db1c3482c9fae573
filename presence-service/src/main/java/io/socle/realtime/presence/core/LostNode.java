package io.socle.realtime.presence.core;

/**
 * Lives of a slot that are over.
 *
 * @param incarnation the first life that is not
 * @param time when they were known to be over
 */
public record LostNode(long incarnation, long time) {}
