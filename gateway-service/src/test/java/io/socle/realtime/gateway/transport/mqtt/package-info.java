/** Where the MQTT transport is tested. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt;

import org.jspecify.annotations.NullMarked;
