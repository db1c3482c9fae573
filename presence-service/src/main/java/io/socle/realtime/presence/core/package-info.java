/** Decisions of presence as pure functions: who is a member of which channel, and the directory of gateway nodes. */
@NullMarked
package io.socle.realtime.presence.core;

import org.jspecify.annotations.NullMarked;
