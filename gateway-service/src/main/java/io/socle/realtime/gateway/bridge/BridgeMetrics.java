package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.failure.FailureCode;
import java.util.function.DoubleSupplier;

/** What bridges count; labels are the bridge's name and codes. Safe for use by all threads. */
public interface BridgeMetrics {
    /**
     * Shows the state of a bridge for as long as the process lives.
     *
     * @param up 1 where this node has the bridge and is connected, else 0
     * @param lagSeconds how long the oldest message waits for the other broker's acknowledgement
     */
    void observe(String bridge, DoubleSupplier up, DoubleSupplier lagSeconds);

    /** A message came in and is in the log. */
    void in(String bridge);

    /** A message went out and is acknowledged. */
    void out(String bridge);

    /** A message came back that this bridge had sent. */
    void echo(String bridge);

    /** A message came in that never can be published. */
    void refused(String bridge, FailureCode code);

    /** Messages of QoS 0 came in faster than they could be published. */
    void dropped(String bridge);

    /** History no longer had what was to go out. */
    void lost(String bridge);
}
