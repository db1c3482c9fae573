/** What the whole suite promises, tested on real parts from outside. */
@NullMarked
package io.socle.realtime.e2e;

import org.jspecify.annotations.NullMarked;
