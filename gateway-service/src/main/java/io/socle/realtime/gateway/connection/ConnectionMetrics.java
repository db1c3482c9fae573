package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.failure.FailureCode;

/** What connections count; safe for use by all event loops. */
public interface ConnectionMetrics {
    void opened(String transport);

    void closed(String transport);

    /** A command was refused. */
    void problem(String transport, FailureCode code);

    /** A publish was refused, over whatever protocol. */
    void publishRefused(FailureCode code);

    /** A partition begins or ceases to lag. */
    void backpressure(boolean on);

    /** The gateway ended a connection. */
    void disconnected(String transport, FailureCode code);
}
