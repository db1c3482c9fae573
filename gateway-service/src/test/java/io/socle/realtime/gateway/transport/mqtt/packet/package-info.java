/** Where the MQTT transport's packet is tested. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.packet;

import org.jspecify.annotations.NullMarked;
