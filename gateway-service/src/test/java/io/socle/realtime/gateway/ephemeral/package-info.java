/** Tests of ephemeral channels, in simulated time and without Kafka. */
@NullMarked
package io.socle.realtime.gateway.ephemeral;

import org.jspecify.annotations.NullMarked;
