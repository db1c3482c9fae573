package io.socle.realtime.gateway.hub;

/** What the hub counts; safe for use by all event loops. */
public interface HubMetrics {
    /** Messages written or queued for one link each. */
    void delivered(int count);

    /** One message given up by drop-oldest. */
    void dropped();

    /** One subscription fell back to the log. */
    void fellBehind();

    /** One feed saw a hole in its deliveries and recovered from the log. */
    void gap();
}
