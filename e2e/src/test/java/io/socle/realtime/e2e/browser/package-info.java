/** Clients that we did not write: a browser, Node's ws and curl. */
@NullMarked
package io.socle.realtime.e2e.browser;

import org.jspecify.annotations.NullMarked;
