/** The rules of the house: what the architecture promises, checked over all modules. */
@NullMarked
package io.socle.realtime.e2e.house;

import org.jspecify.annotations.NullMarked;
