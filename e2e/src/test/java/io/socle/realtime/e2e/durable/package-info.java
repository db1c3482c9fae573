/** Durable subscriptions over a real suite. */
@NullMarked
package io.socle.realtime.e2e.durable;

import org.jspecify.annotations.NullMarked;
