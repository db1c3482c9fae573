/** Messages of ephemeral channels: to the links of this node at once, and straight to the nodes that want them (clauses EPH). */
@NullMarked
package io.socle.realtime.gateway.ephemeral;

import org.jspecify.annotations.NullMarked;
