package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one connection.
 *
 * @param frameBytes largest frame of the client, in bytes; the transport enforces it
 * @param dataBytes largest data of one message, in bytes
 * @param subscriptions most subscriptions at a time
 * @param inFlight most undecided commands at a time
 * @param rooms most rooms at a time
 * @param signalsPerSecond most that is said to peers of one room in a second
 * @param connectTimeout how long a connection may stay without connect
 * @param heartbeat how often the server shows a sign of life; silence of the client for twice as long ends the connection
 */
public record SessionLimits(
        int frameBytes,
        int dataBytes,
        int subscriptions,
        int inFlight,
        int rooms,
        int signalsPerSecond,
        Duration connectTimeout,
        Duration heartbeat) {
    /** Why a connection that has so many subscriptions gets no other one like this; null where it does. */
    @Nullable
    Problem subscription(ClientFrame.Subscribe frame, int present) {
        if (present >= subscriptions) {
            return Problem.of(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        }
        if (frame.maxUnacked() != null && !frame.selection().asFilter().isExact()) {
            return new Problem(FailureCode.INVALID_VALUE, "maxUnacked is for channels, not for filters");
        }
        return null;
    }
}
