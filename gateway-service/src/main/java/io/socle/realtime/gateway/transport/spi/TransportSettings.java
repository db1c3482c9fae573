package io.socle.realtime.gateway.transport.spi;

/**
 * What transports need to know of the configuration.
 *
 * @param frameBytes largest frame or message that a client may send, in bytes
 * @param writeBufferBytes bytes waiting for a socket at which a link stops being writable
 * @param echo whether the WebSocket echo path is there
 * @param compression whether permessage-deflate may be negotiated
 * @param batch most messages of one HTTP batch
 * @param sseSubscriptions most channels and filters of one event stream
 */
public record TransportSettings(
        int frameBytes, int writeBufferBytes, boolean echo, boolean compression, int batch, int sseSubscriptions) {}
