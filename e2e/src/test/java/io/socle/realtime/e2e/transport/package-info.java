/** The promises of docs/protocol that hold over every transport, tested once and run over each. */
@NullMarked
package io.socle.realtime.e2e.transport;

import org.jspecify.annotations.NullMarked;
