/** Tests of back-pressure to publishers, in simulated time. */
@NullMarked
package io.socle.realtime.gateway.pressure;

import org.jspecify.annotations.NullMarked;
