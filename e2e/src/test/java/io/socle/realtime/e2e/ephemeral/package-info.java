/** Ephemeral channels over two gateways. */
@NullMarked
package io.socle.realtime.e2e.ephemeral;

import org.jspecify.annotations.NullMarked;
