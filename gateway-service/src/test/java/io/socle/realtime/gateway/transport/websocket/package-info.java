/** Tests. */
@NullMarked
package io.socle.realtime.gateway.transport.websocket;

import org.jspecify.annotations.NullMarked;
