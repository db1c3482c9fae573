/** Bridges to a real Mosquitto. */
@NullMarked
package io.socle.realtime.e2e.bridge;

import org.jspecify.annotations.NullMarked;
