package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One part of what a session remembers; only gateways know what it means.
 *
 * @param value null where, as a change, the entry is to be removed
 */
public record SessionEntry(String key, @Nullable Payload value) {
    /** What an entry counts beside its key and value. */
    private static final int OVERHEAD_BYTES = 64;

    /** What an entry counts against the bound of a session. */
    public static int bytes(String key, Payload value) {
        return OVERHEAD_BYTES + key.length() + value.size();
    }
}
