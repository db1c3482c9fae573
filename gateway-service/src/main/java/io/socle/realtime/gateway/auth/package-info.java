/** Tokens to principals. */
@NullMarked
package io.socle.realtime.gateway.auth;

import org.jspecify.annotations.NullMarked;
