package io.socle.realtime.channel.core;

/**
 * A publication as the partition's index has it.
 *
 * @param time log time, in milliseconds of the Unix epoch
 */
public record IndexEntry(String channel, long offset, long time, String messageId) {}
