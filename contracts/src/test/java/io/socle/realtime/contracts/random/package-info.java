/** Seeded random values for the tests of this module. */
@NullMarked
package io.socle.realtime.contracts.random;

import org.jspecify.annotations.NullMarked;
