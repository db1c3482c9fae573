/** A seeded load on a suite of real processes while faults strike, and the verdict of the history check. */
@NullMarked
package io.socle.realtime.e2e.faults;

import org.jspecify.annotations.NullMarked;
