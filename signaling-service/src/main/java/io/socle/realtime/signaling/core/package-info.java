/** Decisions of signaling as pure functions: who is in a room, what peers may say to one another, who is called. */
@NullMarked
package io.socle.realtime.signaling.core;

import org.jspecify.annotations.NullMarked;
