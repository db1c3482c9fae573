package io.socle.realtime.gateway.log;

/** What becomes of a node that does not hold its slot any more; called on a thread of the log's. */
public interface SlotLoss {
    /** The slot was lost by silence, and is claimed again: clients are to come back, here or elsewhere. */
    void fenced();

    /** Another node holds the slot: only a person can help, so the process ends. */
    void replaced(String by);
}
