package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomAction;
import java.util.concurrent.Executor;

/** The owners of rooms as the gateway sees them. Safe for use by all event loops; no method blocks. */
public interface RoomOwners {
    /** Asks a room's owner; refused with {@code unavailable} before the log is ready. The handler is called on the loop. */
    void ask(ChannelName room, RoomAction action, Executor loop, ReplyHandler handler);
}
