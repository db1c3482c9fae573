/** The state of an MQTT session: flows of QoS 1 and 2, windows, aliases, subscriptions; no I/O, no clock. */
@NullMarked
package io.socle.realtime.gateway.transport.mqtt.flow;

import org.jspecify.annotations.NullMarked;
