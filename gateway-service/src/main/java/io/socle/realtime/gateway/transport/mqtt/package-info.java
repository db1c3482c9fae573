/** The MQTT transport: 3.1, 3.1.1 and 5 over TCP, TLS and WebSocket. A topic is a channel. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt;

import org.jspecify.annotations.NullMarked;
