package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Who is told of what peers are told. */
public interface RoomSink {
    /** The event loop of a connection; null where there is none of that name. For use by the reader's thread. */
    @Nullable
    Executor loopOf(String connection);

    /** Deliveries were lost: nobody knows what peers were told. For use by the reader's thread. */
    void interrupted();

    /** A peer is told something; called on its connection's loop, in the order of this node's deliveries. */
    void told(Delivery.ToPeer told);
}
