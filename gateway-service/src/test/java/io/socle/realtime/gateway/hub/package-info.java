/** Tests. */
@NullMarked
package io.socle.realtime.gateway.hub;

import org.jspecify.annotations.NullMarked;
