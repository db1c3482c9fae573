/** Loads at the declared limits: what is within them works, what is beyond is refused, and nothing breaks. */
@NullMarked
package io.socle.realtime.e2e.overload;

import org.jspecify.annotations.NullMarked;
