package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.gateway.session.SessionLimits;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * What all MQTT connections of this node share; safe for use by all event loops.
 *
 * @param sessions where sessions are kept
 */
record MqttNode(
        MqttSettings settings,
        SessionLimits limits,
        Authenticator authenticator,
        Connections connections,
        Requests requests,
        ClientSessions sessions,
        SharedSubscriptions shared,
        Statistics statistics,
        InstantSource clock,
        SecureRandom random) {
    private static final int ID_BYTES = 12;

    /** An id that no other session or client has. */
    String freshId(String prefix) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
