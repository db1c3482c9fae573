/** Starts, harms and stops suites of real processes for tests. */
@NullMarked
package io.socle.realtime.e2e.suite;

import org.jspecify.annotations.NullMarked;
