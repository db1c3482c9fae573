package io.socle.realtime.gateway.log;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/** Where deliveries go; safe for use by the reader's thread. */
public interface DeliverySink {
    /** The event loops that every publication has to reach. */
    Collection<Executor> loops();

    /** Takes what came for one loop, in order; called on that loop. */
    void accept(Executor loop, List<Incoming> batch);

    /** Deliveries were lost: everything has to ask anew where it is. */
    void resync();

    /** Nothing was heard of a partition for long: whoever waits for it asks anew. */
    void resync(int partition);
}
