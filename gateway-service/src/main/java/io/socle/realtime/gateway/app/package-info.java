/** Configuration, start, stop, health. */
@NullMarked
package io.socle.realtime.gateway.app;

import org.jspecify.annotations.NullMarked;
