package io.socle.realtime.channel.core;

/**
 * When a command is processed, as far as the core knows.
 *
 * @param logPosition the command's offset in its partition
 * @param time log time in milliseconds of the Unix epoch, never before an earlier command's
 */
record Moment(long logPosition, long time) {}
