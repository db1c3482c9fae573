/** Tests of what all transports share. */
@NullMarked
package io.socle.realtime.gateway.transport.spi;

import org.jspecify.annotations.NullMarked;
