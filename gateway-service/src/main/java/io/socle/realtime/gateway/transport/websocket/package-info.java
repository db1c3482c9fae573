/** The WebSocket transport, subprotocol realtime.v1.json (RFC 6455). */
@NullMarked
package io.socle.realtime.gateway.transport.websocket;

import org.jspecify.annotations.NullMarked;
