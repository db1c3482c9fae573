/** What is sent wrong, by every door, and what comes of it: a documented code, and no harm. */
@NullMarked
package io.socle.realtime.e2e.input;

import org.jspecify.annotations.NullMarked;
