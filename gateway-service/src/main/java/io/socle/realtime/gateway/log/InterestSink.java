package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.List;

/** Is told what this node watches; called by the reader's thread, in each partition's order. */
public interface InterestSink {
    /** All nodes that want a channel. */
    void interested(ChannelName channel, List<NodeLife> nodes);

    /** What was told of a partition's channels may hold no longer. */
    void interestChanged(int partition);

    /** What was told may hold no longer, and nobody tells of changes any more. */
    void interestLost();
}
