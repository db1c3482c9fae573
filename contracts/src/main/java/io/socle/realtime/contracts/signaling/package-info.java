/** The vocabulary of rooms: what peers say to each other, what a room's owner is asked, and what it tells. */
@NullMarked
package io.socle.realtime.contracts.signaling;

import org.jspecify.annotations.NullMarked;
