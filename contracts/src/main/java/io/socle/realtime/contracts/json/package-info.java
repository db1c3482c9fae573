/** JSON envelopes: strict reading in one pass, fast writing; data inside of them stays the bytes that it is. */
@NullMarked
package io.socle.realtime.contracts.json;

import org.jspecify.annotations.NullMarked;
