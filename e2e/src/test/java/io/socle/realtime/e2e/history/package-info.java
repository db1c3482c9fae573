/** What clients saw of a run, written down as it happened, and the check of it against what is promised. */
@NullMarked
package io.socle.realtime.e2e.history;

import org.jspecify.annotations.NullMarked;
