/** Bridges to other MQTT brokers: what is configured goes in, out, or both ways (ADR 0015). */
@NullMarked
package io.socle.realtime.gateway.bridge;

import org.jspecify.annotations.NullMarked;
