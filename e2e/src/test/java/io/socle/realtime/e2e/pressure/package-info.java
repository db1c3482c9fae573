/** Back-pressure to publishers, on real processes that are halted or flooded. */
@NullMarked
package io.socle.realtime.e2e.pressure;

import org.jspecify.annotations.NullMarked;
