package io.socle.realtime.gateway.ephemeral;

/** What becomes of ephemeral messages; safe for use by all threads. */
public interface EphemeralMetrics {
    /** One message was sent to so many other nodes. */
    void sent(int nodes);

    /** One message was given up for all links of an event loop, or for the other nodes. */
    void dropped(Dropped why);

    /** Why a message was given up. */
    enum Dropped {
        /** An event loop was too far behind. */
        LOOP_BEHIND,
        /** It was not known in time which nodes want it. */
        ROUTE_UNKNOWN,
        /** The log did not take it for one of them. */
        NOT_SENT
    }
}
