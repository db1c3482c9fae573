package io.socle.realtime.gateway.session;

import java.time.Duration;

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
        Duration heartbeat) {}
