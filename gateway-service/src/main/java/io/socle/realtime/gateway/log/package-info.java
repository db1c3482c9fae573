/** Commands out to the owners, deliveries and replies in; the only place that knows Kafka. */
@NullMarked
package io.socle.realtime.gateway.log;

import org.jspecify.annotations.NullMarked;
