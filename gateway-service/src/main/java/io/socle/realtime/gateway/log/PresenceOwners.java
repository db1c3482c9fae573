package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.concurrent.Executor;

/** The owners of presence as the gateway sees them. Safe for use by all event loops; no method blocks. */
public interface PresenceOwners {
    /** Whether commands can be sent and replies come in. */
    boolean isReady();

    /** How many partitions share the members; fixed for the life of the log. Only once it was ready. */
    int presencePartitions();

    /**
     * Sends a command to the owner of a partition.
     *
     * @param loop where the handler is called
     */
    void presence(int partition, PresenceCommand command, Executor loop, ReplyHandler handler);

    /** Sends a command to the owner of a channel's members; refused with {@code unavailable} before the log is ready. */
    default void presence(ChannelName channel, PresenceCommand command, Executor loop, ReplyHandler handler) {
        if (isReady()) {
            presence(Partitions.of(channel, presencePartitions()), command, loop, handler);
        } else {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        }
    }
}
