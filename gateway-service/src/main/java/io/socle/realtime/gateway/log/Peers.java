package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery.NodeLife;

/** The way to other gateway nodes; safe for use by all threads, no method blocks. */
public interface Peers {
    /**
     * Sends a delivery record, at most once and in order with others to the same node.
     *
     * @param failed told, on any thread, where it is known that it was not sent
     */
    void send(NodeLife to, byte[] delivery, Runnable failed);
}
