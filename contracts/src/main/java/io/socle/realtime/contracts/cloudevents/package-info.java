/** RealtimeMessage to CloudEvents 1.0 and back, without loss. */
@NullMarked
package io.socle.realtime.contracts.cloudevents;

import org.jspecify.annotations.NullMarked;
