/** Committed files that a test compares with what the code writes now. */
@NullMarked
package io.socle.realtime.contracts.golden;

import org.jspecify.annotations.NullMarked;
