/** Publish and history over HTTP. */
@NullMarked
package io.socle.realtime.gateway.transport.http;

import org.jspecify.annotations.NullMarked;
