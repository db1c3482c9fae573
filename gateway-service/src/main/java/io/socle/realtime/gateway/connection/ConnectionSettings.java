package io.socle.realtime.gateway.connection;

import io.socle.realtime.gateway.hub.OutboxLimits;
import io.socle.realtime.gateway.session.SessionLimits;

/**
 * Bounds of every connection.
 *
 * @param session of its commands
 * @param outbox of what waits to be written to it
 * @param open whether everybody is the anonymous who may everything
 */
public record ConnectionSettings(SessionLimits session, OutboxLimits outbox, boolean open) {}
