/** Drives one connection: carries the session's effects out on hub and log. */
@NullMarked
package io.socle.realtime.gateway.connection;

import org.jspecify.annotations.NullMarked;
