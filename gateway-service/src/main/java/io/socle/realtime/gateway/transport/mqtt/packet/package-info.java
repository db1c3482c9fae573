/** MQTT control packets as values, and their strict reading and writing; knows no socket. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.packet;

import org.jspecify.annotations.NullMarked;
