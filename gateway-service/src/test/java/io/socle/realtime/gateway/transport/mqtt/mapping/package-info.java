/** Where the MQTT transport's mapping is tested. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.mapping;

import org.jspecify.annotations.NullMarked;
