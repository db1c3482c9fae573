/** MQTT on real parts: clients of other makers, raw packets, and the same channels over other protocols. */
@NullMarked
package io.socle.realtime.e2e.mqtt;

import org.jspecify.annotations.NullMarked;
