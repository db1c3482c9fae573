/** Presence on the real suite: told over every protocol, and right whatever dies. */
@NullMarked
package io.socle.realtime.e2e.presence;

import org.jspecify.annotations.NullMarked;
