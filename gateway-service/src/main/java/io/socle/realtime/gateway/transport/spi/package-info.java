/** What a transport gives and gets: a link, its events, and messages rendered once for all links. */
@NullMarked
package io.socle.realtime.gateway.transport.spi;

import org.jspecify.annotations.NullMarked;
