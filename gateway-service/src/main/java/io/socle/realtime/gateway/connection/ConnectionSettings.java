package io.socle.realtime.gateway.connection;

import io.socle.realtime.gateway.hub.OutboxLimits;
import io.socle.realtime.gateway.session.OpenMode;
import io.socle.realtime.gateway.session.SessionLimits;
import java.time.Duration;

/**
 * Bounds of every connection.
 *
 * @param session of its commands
 * @param outbox of what waits to be written to it
 * @param ackTime how long a durable subscription's message may stay unacknowledged before it is sent again
 * @param openMode who comes without a token
 */
public record ConnectionSettings(SessionLimits session, OutboxLimits outbox, Duration ackTime, OpenMode openMode) {}
