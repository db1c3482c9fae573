/** Tests. */
@NullMarked
package io.socle.realtime.gateway.session;

import org.jspecify.annotations.NullMarked;
