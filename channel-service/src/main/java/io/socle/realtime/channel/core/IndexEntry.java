package io.socle.realtime.channel.core;

/**
 * A publication as the partition's index has it.
 *
 * @param time log time, in milliseconds of the Unix epoch
 * @param messageId empty where the id is no longer remembered for this publication
 */
public record IndexEntry(String channel, long offset, long time, String messageId) {
    IndexEntry withoutId() {
        return new IndexEntry(channel, offset, time, "");
    }
}
