/** The Kafka Streams shell around the core: stores, topology, timers, traces. */
@NullMarked
package io.socle.realtime.channel.stream;

import org.jspecify.annotations.NullMarked;
