/** The state machine of one connection: input to effects, without clock, thread or I/O. */
@NullMarked
package io.socle.realtime.gateway.session;

import org.jspecify.annotations.NullMarked;
