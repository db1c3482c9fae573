/** The Kafka shell: reads the log, hands records to the core, carries out its effects. */
@NullMarked
package io.socle.realtime.signaling.stream;

import org.jspecify.annotations.NullMarked;
