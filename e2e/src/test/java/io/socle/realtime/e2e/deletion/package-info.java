/** Deletion of messages and channels as every kind of reader sees it (clauses DEL). */
@NullMarked
package io.socle.realtime.e2e.deletion;

import org.jspecify.annotations.NullMarked;
