/** What owners send to a gateway node: publications and replies. */
@NullMarked
package io.socle.realtime.contracts.delivery;

import org.jspecify.annotations.NullMarked;
