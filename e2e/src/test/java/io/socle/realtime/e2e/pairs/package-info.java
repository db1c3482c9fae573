/** Clients of many makers, each writing to and reading from each other through the suite. */
@NullMarked
package io.socle.realtime.e2e.pairs;

import org.jspecify.annotations.NullMarked;
