/** The server-sent events transport (WHATWG HTML, section 9.2). */
@NullMarked
package io.socle.realtime.gateway.transport.sse;

import org.jspecify.annotations.NullMarked;
