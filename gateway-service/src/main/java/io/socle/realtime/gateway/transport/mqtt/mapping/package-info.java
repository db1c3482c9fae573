/** A message as an MQTT PUBLISH and back; the table is in docs/protocol/mqtt.md. Pure. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.mapping;

import org.jspecify.annotations.NullMarked;
