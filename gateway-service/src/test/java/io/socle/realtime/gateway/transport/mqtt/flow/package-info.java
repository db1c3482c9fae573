/** Where the MQTT transport's flow is tested. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.flow;

import org.jspecify.annotations.NullMarked;
