/** Plain clients of the gateway for tests: WebSocket, event stream, HTTP and raw sockets. */
@NullMarked
package io.socle.realtime.e2e.client;

import org.jspecify.annotations.NullMarked;
