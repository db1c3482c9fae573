/** Tests of the values that every part shares. */
@NullMarked
package io.socle.realtime.contracts.message;

import org.jspecify.annotations.NullMarked;
