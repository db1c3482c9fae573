/** Rooms through the real suite: peers that find each other, by frames and in real browsers. */
@NullMarked
package io.socle.realtime.e2e.signaling;

import org.jspecify.annotations.NullMarked;
