package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Reply;

/** Takes the outcome of one command or read. */
@FunctionalInterface
public interface ReplyHandler {
    /** For commands whose answer nobody needs. */
    ReplyHandler IGNORE = (partition, logPosition, reply) -> {};

    /**
     * The one reply; a refusal with {@code timeout}, {@code unavailable} or {@code overloaded} is the gateway's own and
     * has log position -1.
     */
    void replied(int partition, long logPosition, Reply reply);
}
