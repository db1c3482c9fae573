/** How long a publish has to wait for its decision, when it is refused instead, and who is told; without clock or Kafka. */
@NullMarked
package io.socle.realtime.gateway.pressure;

import org.jspecify.annotations.NullMarked;
