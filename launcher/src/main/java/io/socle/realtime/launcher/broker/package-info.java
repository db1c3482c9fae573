/** A real Kafka broker embedded in its own process, and the creation of the suite's topics. */
@NullMarked
package io.socle.realtime.launcher.broker;

import org.jspecify.annotations.NullMarked;
