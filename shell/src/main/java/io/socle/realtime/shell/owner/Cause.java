package io.socle.realtime.shell.owner;

/**
 * Where and when a command stands in the log.
 *
 * @param offset in its partition
 * @param timestamp when it was appended, in milliseconds since 1970
 */
public record Cause(int partition, long offset, long timestamp) {}
