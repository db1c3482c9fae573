package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.concurrent.Executor;

/**
 * The owners of channels as the gateway sees them: commands and reads go out, replies come back in the order of the
 * owner's other deliveries. Safe for use by all event loops; no method blocks.
 */
public interface Owners {
    /** Whether commands can be sent and replies come in. */
    boolean isReady();

    /** How many partitions share the channels; fixed for the life of the log. Only once it was ready. */
    int partitions();

    /**
     * Sends a command to the owner of a partition.
     *
     * @param loop where the handler is called
     */
    void command(int partition, Command command, Executor loop, ReplyHandler handler);

    /** Sends a read to the owner of a partition. */
    void read(int partition, Read read, Executor loop, ReplyHandler handler);

    /** Sends a command to the owner of a channel; refused with {@code unavailable} before the log is ready. */
    default void command(ChannelName channel, Command command, Executor loop, ReplyHandler handler) {
        if (isReady()) {
            command(partition(channel), command, loop, handler);
        } else {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        }
    }

    /** Sends a read to the owner of a channel; refused with {@code unavailable} before the log is ready. */
    default void read(ChannelName channel, Read read, Executor loop, ReplyHandler handler) {
        if (isReady()) {
            read(partition(channel), read, loop, handler);
        } else {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        }
    }

    /** Sends a command to the owner of a session; refused with {@code unavailable} before the log is ready. */
    default void command(Command.Session command, Executor loop, ReplyHandler handler) {
        if (isReady()) {
            command(Partitions.of(command.of(), partitions()), command, loop, handler);
        } else {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        }
    }

    /** The partition that owns a channel; only once the log was ready. */
    default int partition(ChannelName channel) {
        return Partitions.of(channel, partitions());
    }
}
