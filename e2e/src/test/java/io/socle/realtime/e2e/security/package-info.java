/** Who may do what, and that nothing secret is told. */
@NullMarked
package io.socle.realtime.e2e.security;

import org.jspecify.annotations.NullMarked;
