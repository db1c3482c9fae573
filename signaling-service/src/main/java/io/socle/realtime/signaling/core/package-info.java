/** Decisions of signaling as pure functions: what becomes of a command. */
@NullMarked
package io.socle.realtime.signaling.core;

import org.jspecify.annotations.NullMarked;
