/** The one table of failures and its mapping to every protocol. */
@NullMarked
package io.socle.realtime.contracts.failure;

import org.jspecify.annotations.NullMarked;
