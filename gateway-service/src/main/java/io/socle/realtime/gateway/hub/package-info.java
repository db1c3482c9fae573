/** Channels to local links: feeds, subscriptions, bounded outboxes, recovery from the log. */
@NullMarked
package io.socle.realtime.gateway.hub;

import org.jspecify.annotations.NullMarked;
