/** What the MQTT transport decides without a connection. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt;

import org.jspecify.annotations.NullMarked;
