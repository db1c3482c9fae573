/** The Kafka shell: owns partitions of members, and watches the gateway nodes. */
@NullMarked
package io.socle.realtime.presence.stream;

import org.jspecify.annotations.NullMarked;
