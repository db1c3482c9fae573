/** The descriptions in docs/protocol held against what a running suite says. */
@NullMarked
package io.socle.realtime.e2e.described;

import org.jspecify.annotations.NullMarked;
