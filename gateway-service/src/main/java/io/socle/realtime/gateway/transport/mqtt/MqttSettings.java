package io.socle.realtime.gateway.transport.mqtt;

import io.vertx.core.http.ClientAuth;
import java.time.Duration;
import java.util.Optional;

/**
 * What the MQTT transport needs to know of the configuration.
 *
 * @param host address that it listens on
 * @param port for TCP; 0 for none
 * @param webSocketPort for WebSocket, path {@code /mqtt}; 0 for none
 * @param tlsPort for TLS; 0 for none
 * @param tlsConfiguration the bucket of the TLS registry that TLS uses; empty for the default one
 * @param clientCertificates whether clients over TLS are asked for a certificate
 * @param connectTimeout how long a connection may stay without CONNECT
 * @param keepAlive longest keep alive of clients of version 5; they are told where it is less than what they asked for
 * @param sessionExpiry how long a session lasts at most without a connection
 * @param inFlight most messages of QoS 1 and 2 on their way to one client, 1 to 65535; the client's receive maximum may be less
 * @param receiveMaximum most publishes of QoS 1 and 2 of one client under way, 1 to 65535
 * @param undecided most publishes of one client that wait for the owner's decision, beyond which nothing is read from it
 * @param topicAliases highest topic alias of a client, 0 to 65535
 * @param statisticsInterval how far apart changed statistics are told
 * @param packetBytes largest packet of a client, in bytes
 * @param writeBufferBytes bytes waiting for a socket at which a link stops being writable
 */
public record MqttSettings(
        String host,
        int port,
        int webSocketPort,
        int tlsPort,
        Optional<String> tlsConfiguration,
        ClientAuth clientCertificates,
        Duration connectTimeout,
        Duration keepAlive,
        Duration sessionExpiry,
        int inFlight,
        int receiveMaximum,
        int undecided,
        int topicAliases,
        Duration statisticsInterval,
        int packetBytes,
        int writeBufferBytes) {}
