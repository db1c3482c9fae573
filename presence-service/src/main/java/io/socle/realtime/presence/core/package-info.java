/** Decisions of presence as pure functions: the directory of gateway nodes, and what becomes of a command. */
@NullMarked
package io.socle.realtime.presence.core;

import org.jspecify.annotations.NullMarked;
